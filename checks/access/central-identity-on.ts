import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';

export const centralIdentityOn = defineCheck({
  id: 'central-identity-on',
  subject: 'registry',
  severity: 'high',
  title: 'People sign in through a central directory or with a second factor',
  why: 'A password alone is stolen, guessed and reused, and it still works after its owner has left.',
  answers: ['F1'],
  topics: ['mfa-sso', 'authentication-required'],
  references: [
    'https://csrc.nist.gov/pubs/sp/800/63/4/final',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
  ],
  fix: {
    ecr: {
      risk: 'The user can no longer sign in to the console with a password.',
      undo: 'aws iam create-login-profile gives a new password; the old one cannot be brought back.',
      command: 'aws iam delete-login-profile --user-name <user>',
      terraform:
        'remove aws_iam_user_login_profile; give people access with aws_ssoadmin_account_assignment',
      console:
        'IAM > Users > (user) > Security credentials > Console sign-in > Manage console access > Disable; then IAM Identity Center > Multi-account permissions > AWS accounts > Assign users or groups',
    },
    harbor: {
      command:
        'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"auth_mode":"oidc_auth","oidc_name":"<name>","oidc_endpoint":"<url>","oidc_client_id":"<id>","oidc_client_secret":"<secret>","oidc_scope":"openid","oidc_verify_cert":true}\' https://<host>/api/v2.0/configurations',
      terraform:
        'harbor_config_auth: auth_mode = "oidc_auth", oidc_endpoint, oidc_client_id, oidc_client_secret, oidc_scope, oidc_verify_cert = true',
      console: 'Administration > Configuration > Authentication > Auth Mode: OIDC',
      instead:
        'The mode can be changed only while there are no other local accounts than the first. A second factor is asked for by the identity provider; Harbor has none.',
    },
    'docker-hub': {
      risk: 'Whoever the identity provider does not know can no longer sign in; passwords stop working for the CLI.',
      undo: 'Disable enforcement in the same place.',
      console:
        'Docker Home > Admin Console > SSO and SCIM > SSO connections > (connection) > Actions > Enable enforcement',
      instead:
        'no API tells whether sign-on is enforced; look there, and see the activity log for sso.connection events',
    },
    acr: {
      risk: 'Whatever signs in with the admin user can no longer pull or push.',
      undo: 'az acr update --name <registry> --admin-enabled true',
      command: 'az acr update --name <registry> --admin-enabled false',
      terraform: 'azurerm_container_registry: admin_enabled = false',
      console: 'Container registries > <registry> > Settings > Access keys > Admin user: off',
    },
  },
  needs: ['signIn'],

  judge({ signIn }) {
    switch (signIn.mode) {
      case 'central':
        return pass(`people sign in through ${signIn.through}`);
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
