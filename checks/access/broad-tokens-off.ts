import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import type { Credential } from '../../src/model/identity.ts';
import { liveCredentials } from '../../src/model/live-credentials.ts';

export const broadTokensOff = defineCheck({
  id: 'broad-tokens-off',
  subject: 'registry',
  severity: 'medium',
  title: 'No credential opens every repository',
  why: 'One leaked credential should cost one repository, not the whole registry.',
  answers: ['F1', 'F2'],
  topics: ['no-shared-admin-static-credentials', 'least-privilege-and-push-restricted'],
  references: [
    'https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-05-Insufficient-PBAC',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/security_iam_id-based-policy-examples.html',
  ],
  fix: {
    ecr: {
      risk: 'The user loses access to every repository that the new policy does not name.',
      undo: 'Put the policy back as it was: aws iam get-user-policy shows it before you change it.',
      command:
        'aws iam put-user-policy --user-name <user> --policy-name <policy> --policy-document file://policy.json',
      terraform:
        'aws_iam_policy_document: resources = ["arn:aws:ecr:<region>:<account>:repository/<prefix>/*"] instead of ["*"]',
      console:
        'IAM > Users > (user) > Permissions > (policy) > Edit: name repositories under Resource; only ecr:GetAuthorizationToken needs *',
    },
    'artifact-registry': {
      command:
        'gcloud iam service-accounts keys delete <key> --iam-account=<account> # or grant the account its role on single repositories in place of the project',
      terraform:
        'google_artifact_registry_repository_iam_member in place of google_project_iam_member; no google_service_account_key',
      console: 'Google Cloud console > IAM & Admin > Service Accounts > (account) > Keys',
      instead: 'sign pipelines in with workload identity federation, which needs no key',
    },
    harbor: {
      command:
        'curl -u <administrator> -X DELETE https://<host>/api/v2.0/robots/<robot id> # after its users have got robots of single projects',
      terraform:
        'harbor_robot_account: permissions { kind = "project", namespace = "<project>" } instead of "*"',
      console:
        'Administration > Robot Accounts > (robot) > Edit: select projects instead of "Cover all projects"',
    },
    'docker-hub': {
      risk: 'What uses the token loses the repositories that are no longer named.',
      undo: 'Put the old resources back.',
      terraform:
        'docker_org_access_token: resources = [{ type = "TYPE_REPO", path = "<org>/<repository>", scopes = ["scope-image-push"] }] instead of path = "<org>/*"',
      console: 'Docker Home > Admin Console > Access tokens > (token) > Actions > Edit',
      instead:
        'personal access tokens reach whatever their owner does and cannot be limited to a repository: let machines use organization access tokens or OIDC connections',
    },
    acr: {
      risk: 'What uses the token elsewhere, or the admin user, is refused.',
      undo: 'az acr token update --registry <registry> --name <token> --scope-map <former scope map>',
      command: [
        'az acr token update --registry <registry> --name <token> --scope-map <scope map of the repositories it needs>',
        'az acr update --name <registry> --admin-enabled false',
      ].join('\n'),
      terraform:
        'azurerm_container_registry_scope_map: actions of named repositories, without repositories/*',
      console: 'Container registries > <registry> > Repository permissions > Tokens',
    },
  },
  needs: ['credentials'],

  judge({ credentials }, { now }) {
    const broad = liveCredentials(credentials, now).filter(
      ({ reach }) => reach === 'every-repository',
    );
    return broad.length === 0
      ? pass('no credential opens every repository')
      : fail(`every repository is open to ${enumerate(broad.map(label))}`);
  },
});

function label({ kind, name, can }: Credential): string {
  return `${kind} ${name} (${can})`;
}
