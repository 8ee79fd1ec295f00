import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import type { Expectations } from '../../src/model/expectations.ts';
import type { ValueOf } from '../../src/model/fact.ts';
import type { RepositoryFacts } from '../../src/model/repository.ts';
import { matchesAny } from '../../src/model/wildcard.ts';

export const crossAccountLimited = defineCheck({
  id: 'cross-account-limited',
  subject: 'repository',
  severity: 'high',
  title: 'Only trusted accounts, organisations and tenants have access',
  why: 'What another account does with its access cannot be seen or stopped from here, and one number mistyped is a stranger.',
  answers: ['F2'],
  topics: ['least-privilege-and-push-restricted', 'no-anonymous-public-access'],
  references: [
    'https://csrc.nist.gov/pubs/sp/800/190/final',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
  ],
  fix: {
    ecr: {
      risk: 'Accounts that are no longer named cannot pull or push any more.',
      undo: 'Put the policy back as it was: keep a copy of policy.json before you edit it.',
      command: [
        'aws ecr get-repository-policy --repository-name <repository> --query policyText --output text > policy.json',
        '# in policy.json, remove the foreign principals, or add the condition {"StringEquals":{"aws:PrincipalOrgID":"<organisation>"}}',
        'aws ecr set-repository-policy --repository-name <repository> --policy-text file://policy.json',
      ].join('\n'),
      terraform:
        'aws_ecr_repository_policy: in policy, name only trusted principals, or require aws:PrincipalOrgID with StringEquals',
      console:
        'Amazon ECR > Private registry > Repositories > (repository) > Permissions > Edit policy JSON',
    },
    'artifact-registry': {
      command:
        'gcloud artifacts repositories remove-iam-policy-binding <repository> --location=<location> --member=<member> --role=<role>',
      terraform:
        'google_artifact_registry_repository_iam_member: members of the own organisation only',
      console:
        'Google Cloud console > Artifact Registry > Repositories > (repository) > Permissions',
    },
    harbor: {
      command:
        'curl -u <administrator> -X PUT -H \'Content-Type: application/json\' -d \'{"metadata":{"public":"false"}}\' https://<host>/api/v2.0/projects/<project>',
      terraform: 'harbor_project: public = false',
      console: 'Projects > (project) > Configuration > Project registry: Public',
    },
    'docker-hub': {
      risk: 'Whoever was outside loses access.',
      undo: 'Add the team, guest or collaborator again.',
      terraform:
        'docker_hub_repository: private = true; remove docker_hub_repository_team_permission of teams with guests, and docker_org_team_member of guests',
      console:
        'Docker Hub > My Hub > Repositories > (repository) > Settings (Permissions in an organization, Collaborators in an account)',
    },
    acr: {
      risk: 'The principal loses its access at once.',
      undo: 'az role assignment create --assignee <principal> --role <role> --scope <scope>',
      command: 'az role assignment delete --assignee <principal> --role <role> --scope <scope>',
      terraform: 'azurerm_role_assignment: remove those of foreign principals',
      console: 'Container registries > <registry> > Access control (IAM) > Role assignments',
    },
  },
  needs: ['outsideAccess'],

  judge({ outsideAccess }, expected) {
    const untrusted = outsideAccess.filter((grant) => !trusted(grant, expected));
    if (untrusted.length > 0) {
      return fail(
        `strangers have access: ${enumerate(untrusted.map(label))}; expect.trustedAccounts and expect.trustedOrganizations would name those that are trusted`,
      );
    }
    if (outsideAccess.length === 0) return pass('nobody outside has access');
    return pass(
      `access from outside is declared or within the organisation: ${enumerate(outsideAccess.map(label))}`,
    );
  },
});

type OutsideGrant = ValueOf<RepositoryFacts['outsideAccess']>[number];

function trusted(grant: OutsideGrant, expected: Expectations): boolean {
  switch (grant.kind) {
    case 'anyone':
    case 'everyone-signed-in':
      return (
        grant.can.every((right) => right === 'pull') &&
        matchesAny(expected.publicRepositories, expected.repository)
      );
    case 'account':
    case 'organization':
    case 'tenant':
    case 'principal':
    case 'service':
      return grant.own || declared(grant, expected);
  }
}

function declared({ id, account }: OutsideGrant, expected: Expectations): boolean {
  const patterns = [...expected.trustedAccounts, ...expected.trustedOrganizations];
  return [id, account].some((name) => name !== '' && matchesAny(patterns, name));
}

function label({ kind, id, can }: OutsideGrant): string {
  return `${id} (${kind.replaceAll('-', ' ')}: ${can.join(', ')})`;
}
