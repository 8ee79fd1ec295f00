import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const selfRegistrationOff = defineCheck({
  id: 'self-registration-off',
  subject: 'registry',
  severity: 'medium',
  impact: 'exposure',
  title: 'Self-registration of accounts is disabled',
  why: 'Anyone who can create an account can sign in, and gets everything that is open to all signed-in users.',
  checklist: ['F1'],
  topics: ['authentication-required', 'least-privilege-and-push-restricted'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['selfRegistration'],

  judge({ selfRegistration }) {
    switch (selfRegistration.mode) {
      case 'off':
        return pass('only administrators can create accounts');
      case 'on':
        return fail(`anyone can create an account (${selfRegistration.how})`);
    }
  },
});
