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
    acr: {
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
