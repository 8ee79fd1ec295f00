import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const settingsEnforced = defineCheck({
  id: 'settings-enforced',
  subject: 'registry',
  severity: 'low',
  title: 'A stored registry policy is also in force',
  why: 'A rule that is written down and not enforced protects nothing, but everyone who reads it believes it does.',
  checklist: [],
  topics: ['least-privilege-and-push-restricted'],
  references: ['https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final'],
  needs: ['settingsInForce'],

  judge({ settingsInForce }) {
    switch (settingsInForce.mode) {
      case 'yes':
        return pass('the stored policy is in force');
      case 'nothing-stored':
        return pass('there is no stored policy that could be out of force');
      case 'no':
        return fail(`stored but not in force: ${settingsInForce.stored}`);
    }
  },
});
