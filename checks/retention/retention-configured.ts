import { because, defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { describeRule, everRemoves } from '../../src/model/retention.ts';

export const retentionConfigured = defineCheck({
  id: 'retention-configured',
  subject: 'repository',
  severity: 'medium',
  title: 'An enabled retention rule really removes images',
  why: 'Old images keep their vulnerabilities and stay pullable. A rule that only keeps, only archives, is only tried out or has a limit nobody reaches (100,000 images, ten years) removes none of them.',
  checklist: ['C5', 'B2'],
  topics: ['retention-lifecycle'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['retention'],

  judge({ retention }) {
    switch (retention.mode) {
      case 'none':
        return fail(`no image is ever removed by itself${because(retention)}`);
      case 'dry-run':
        return fail('retention is only tried out and removes nothing');
      case 'rules': {
        const removing = retention.rules.filter(everRemoves);
        if (removing.length > 0) return pass(`removes ${enumerate(removing.map(describeRule))}`);
        const idle = enumerate(retention.rules.map(describeRule));
        return fail(
          idle === '' ? 'there are no retention rules' : `no rule removes images: ${idle}`,
        );
      }
    }
  },
});
