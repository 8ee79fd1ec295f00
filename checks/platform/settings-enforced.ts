import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const settingsEnforced = defineCheck({
  id: 'settings-enforced',
  subject: 'registry',
  severity: 'low',
  impact: 'enforcement',
  title: 'The stored registry policy is in force',
  why: 'A policy that is stored but not enforced protects nothing, and everyone who reads it believes that it does.',
  checklist: [],
  topics: ['least-privilege-and-push-restricted'],
  references: ['https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final'],
  needs: ['settingsInForce'],

  judge({ settingsInForce }) {
    switch (settingsInForce.mode) {
      case 'yes':
        return pass('the stored policy is in force');
      case 'nothing-stored':
        return pass('no policy is stored');
      case 'no':
        return fail(`stored but not in force: ${settingsInForce.stored}`);
    }
  },
});
