import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const adminUserOff = defineCheck({
  id: 'admin-user-off',
  subject: 'registry',
  severity: 'high',
  impact: 'write',
  title: 'No shared or vendor-default administrator login is active',
  why: 'Actions under a shared login cannot be attributed to a person, and everyone who ever knew its password still knows it.',
  checklist: ['C1', 'F1'],
  topics: ['no-shared-admin-static-credentials', 'mfa-sso'],
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
  needs: ['sharedLogin'],

  judge({ sharedLogin }) {
    switch (sharedLogin.mode) {
      case 'none':
        return pass('there is no shared administrator login');
      case 'disabled':
        return pass(`the administrator login ${sharedLogin.account} is disabled`);
      case 'active':
        return fail(`${sharedLogin.account} is active (${kinds[sharedLogin.kind]})`);
    }
  },
});

const kinds = {
  shared: 'a shared administrator login',
  'vendor-default': "the vendor's default administrator",
  'local-admin': 'a local administrator outside the central sign-in',
} as const;
