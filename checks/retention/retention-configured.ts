import { because, defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { describeRule, everRemoves } from '../../src/model/retention.ts';

export const retentionConfigured = defineCheck({
  id: 'retention-configured',
  subject: 'repository',
  severity: 'medium',
  title: 'An enabled retention rule removes old images',
  why: 'Old images keep their vulnerabilities and can still be pulled. A rule that only keeps, only archives, is in dry-run mode or has a limit nobody reaches (100,000 images, ten years) removes none of them.',
  checklist: ['C5', 'B2'],
  topics: ['retention-lifecycle'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['retention'],

  judge({ retention }) {
    switch (retention.mode) {
      case 'none':
        return fail(`no image is removed automatically${because(retention)}`);
      case 'dry-run':
        return fail('the cleanup policy is in dry-run mode and removes nothing');
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
