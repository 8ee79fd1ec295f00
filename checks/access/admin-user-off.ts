import { defineCheck, fail, pass } from '../../src/engine/check.ts';

export const adminUserOff = defineCheck({
  id: 'admin-user-off',
  subject: 'registry',
  severity: 'high',
  title: 'No shared or vendor-default administrator login is active',
  why: 'What is done under a shared login was done by nobody, and its password stays with all who ever knew it.',
  answers: ['C1', 'F1'],
  topics: ['no-shared-admin-static-credentials', 'mfa-sso'],
  references: [
    'https://csrc.nist.gov/pubs/sp/800/190/final',
    'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-authentication',
  ],
  fix: {
    harbor: {
      command:
        "curl -u <administrator> -X PUT -H 'Content-Type: application/json' -d '{\"sysadmin_flag\":false}' https://<host>/api/v2.0/users/1/sysadmin",
      terraform:
        'harbor_user: admin = true for those who shall administer; the first account is not managed by it',
      console: 'Administration > Users > admin > Actions > Revoke Admin',
      instead:
        'The first account can be neither deleted nor locked: as another administrator take its rights away, and keep its password sealed for an emergency.',
    },
    acr: {
      risk: 'Whatever signs in with the admin user can no longer pull or push.',
      undo: 'az acr update --name <registry> --admin-enabled true',
      command: 'az acr update --name <registry> --admin-enabled false',
      terraform: 'azurerm_container_registry: admin_enabled = false',
      console: 'Container registries > <registry> > Settings > Access keys > Admin user: off',
    },
  },
  needs: ['sharedLogin'],

  judge({ sharedLogin }) {
    switch (sharedLogin.mode) {
      case 'none':
        return pass('there is no shared administrator login');
      case 'disabled':
        return pass(`the administrator login ${sharedLogin.account} is switched off`);
      case 'active':
        return fail(`${sharedLogin.account} is active (${kinds[sharedLogin.kind]})`);
    }
  },
});

const kinds = {
  shared: 'a shared administrator login',
  'vendor-default': "the vendor's default administrator",
  'local-admin': 'a local administrator beside the central sign-in',
} as const;
