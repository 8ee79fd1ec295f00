import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const centralIdentityOn = defineCheck({
  id: 'central-identity-on',
  subject: 'registry',
  severity: 'high',
  impact: 'write',
  title: 'Users sign in through a central identity provider or with a second factor',
  why: 'A password alone can be stolen, guessed or reused, and it still works after its owner has left.',
  checklist: ['F1'],
  topics: ['mfa-sso', 'authentication-required'],
  references: ['https://csrc.nist.gov/pubs/sp/800/63/4/final'],
  needs: ['signIn'],

  judge({ signIn }) {
    switch (signIn.mode) {
      case 'central':
        return pass(`users sign in through ${signIn.through}`);
      case 'mfa-required':
        return pass(`a second factor is required (${signIn.through})`);
      case 'local':
        return fail(
          signIn.withoutMfa.length === 0
            ? 'a password alone is enough to sign in'
            : `a password alone is enough for ${enumerate(signIn.withoutMfa)}`,
        );
    }
  },
});
