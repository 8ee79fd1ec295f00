import {
  because,
  defineCheck,
  enumerate,
  type Fail,
  fail,
  type Pass,
  pass,
} from '../../src/engine/check.ts';
import {
  describeRule,
  everRemoves,
  type Retention,
  selectsUntagged,
} from '../../src/model/retention.ts';

export const untaggedExpire = defineCheck({
  id: 'untagged-expire',
  subject: 'repository',
  severity: 'low',
  title: 'Untagged images are removed',
  why: 'Every overwritten tag leaves an untagged image behind. Nobody lists or patches it, and it can still be pulled by its digest.',
  checklist: ['C5', 'B2'],
  topics: ['retention-lifecycle'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['retention', 'garbageCollection'],

  judge({ retention, garbageCollection }) {
    const byRules = judgeRules(retention);
    if (byRules.verdict === 'pass' || garbageCollection.mode !== 'untagged') return byRules;
    return pass(`removed by ${garbageCollection.by}`);
  },
});

function judgeRules(retention: Retention): Pass | Fail {
  switch (retention.mode) {
    case 'none':
      return fail(`untagged images are never removed${because(retention)}`);
    case 'dry-run':
      return fail('the cleanup policy is in dry-run mode and removes nothing');
    case 'rules': {
      const removing = retention.rules.filter((rule) => everRemoves(rule) && selectsUntagged(rule));
      return removing.length > 0
        ? pass(`removed by ${enumerate(removing.map(describeRule))}`)
        : fail('no rule removes untagged images');
    }
  }
}
