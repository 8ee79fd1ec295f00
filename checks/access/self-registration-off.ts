import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const selfRegistrationOff = defineCheck({
  id: 'self-registration-off',
  subject: 'registry',
  severity: 'medium',
  title: 'Strangers cannot create accounts',
  why: 'Whoever can make an account for themselves is signed in, and gets all that is open to everyone signed in.',
  checklist: ['F1'],
  topics: ['authentication-required', 'least-privilege-and-push-restricted'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['selfRegistration'],

  judge({ selfRegistration }) {
    switch (selfRegistration.mode) {
      case 'off':
        return pass('accounts are created by administrators alone');
      case 'on':
        return fail(`strangers can create accounts (${selfRegistration.how})`);
    }
  },
});
