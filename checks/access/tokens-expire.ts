import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import type { Credential } from '../../src/model/identity.ts';
import { daysBetween } from '../../src/model/instant.ts';
import { liveCredentials } from '../../src/model/live-credentials.ts';

export const tokensExpire = defineCheck({
  id: 'tokens-expire',
  subject: 'registry',
  severity: 'high',
  title: 'Every robot, token, key and password ends within the allowed life',
  why: 'A credential that never ends works for whoever finds it, years later, in an old log, laptop or image.',
  answers: ['F1'],
  topics: ['no-shared-admin-static-credentials'],
  references: [
    'https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-06-Insufficient-Credential-Hygiene',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
  ],
  fix: {
    ecr: {
      risk: 'Whatever still uses the key stops working at once.',
      undo: 'A deleted key cannot be brought back: first make it inactive with aws iam update-access-key --status Inactive, which can be undone.',
      command: 'aws iam delete-access-key --user-name <user> --access-key-id <key>',
      terraform:
        'replace aws_iam_access_key by aws_iam_role with assume_role_policy for the OIDC provider of the pipeline',
      console: 'IAM > Users > (user) > Security credentials > Access keys > Actions > Delete',
      instead:
        'access keys cannot be given an end date: let pipelines assume a role through OIDC and people sign in through IAM Identity Center, whose credentials end within hours',
    },
    'artifact-registry': {
      command: 'gcloud iam service-accounts keys delete <key> --iam-account=<account>',
      terraform:
        'google_service_account_key: none; google_iam_workload_identity_pool_provider in place of it',
      console: 'Google Cloud console > IAM & Admin > Service Accounts > (account) > Keys',
      instead:
        'Google’s own keys never end: upload a certificate that does (gcloud iam service-accounts keys upload), limit them with the policy iam.serviceAccountKeyExpiryHours, or use workload identity federation',
    },
    harbor: {
      command:
        'curl -u <administrator> -X DELETE https://<host>/api/v2.0/robots/<robot id> # after making one with a duration of days',
      terraform:
        'harbor_robot_account: duration = 90; harbor_config_system: robot_token_expiration = 90',
      console:
        'Administration > Robot Accounts, and Projects > (project) > Robot Accounts > (robot) > Edit > Expiration time',
      instead:
        'Passwords of accounts in Harbor itself cannot be given an end: let people sign in through OIDC or LDAP, and take administration away from the first account.',
    },
    'docker-hub': {
      risk: 'What uses the old token stops working once it is deleted.',
      undo: 'A deleted token cannot be brought back; make another one.',
      terraform:
        'docker_org_access_token: expires_at = "<date>"; docker_access_token: expires_at = "<date>"',
      console:
        'Docker Home > Admin Console > Access tokens > Generate access token > Expiration date; for people: Account settings > Personal access tokens',
      instead:
        'the end of a token cannot be changed: make a new one and delete the old; better, let pipelines sign in through an OIDC connection, whose tokens last minutes',
    },
    acr: {
      risk: 'The former password stops working at once: hand out the new one first, as password2.',
      undo: 'A former password cannot be brought back.',
      command:
        'az acr token credential generate --registry <registry> --name <token> --password1 --expiration-in-days 90',
      terraform: 'azurerm_container_registry_token_password: password1 { expiry = ... }',
      console:
        'Container registries > <registry> > Repository permissions > Tokens > <token> > Generate password',
      instead:
        'the passwords of the admin user cannot end: az acr update --name <registry> --admin-enabled false',
    },
  },
  needs: ['credentials'],

  judge({ credentials }, { now, longestTokenDays }) {
    const live = liveCredentials(credentials, now);
    const endless = live.filter(({ expiresAt }) => expiresAt === null);
    const longLived = live.filter((credential) => life(credential, now) > longestTokenDays);
    const faults = [
      ...endless.map(({ kind, name }) => `${kind} ${name} never ends`),
      ...longLived.map(
        (credential) => `${credential.kind} ${credential.name} lives ${life(credential, now)} days`,
      ),
    ];
    if (faults.length > 0)
      return fail(`${enumerate(faults)}; expect.longestTokenDays allows ${longestTokenDays}`);
    return pass(
      live.length === 0
        ? 'no credential outlives a session'
        : `every credential ends within ${longestTokenDays} days`,
    );
  },
});

/** From creation to end; from now where the platform does not tell the creation, or tells a later one. */
function life({ createdAt, expiresAt }: Credential, now: string): number {
  if (expiresAt === null) return 0;
  return Math.max(daysBetween(createdAt ?? now, expiresAt), daysBetween(now, expiresAt));
}
