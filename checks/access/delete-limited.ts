import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { isCrowd } from '../../src/model/crowd.ts';
import { identityLabel } from '../../src/model/identity-label.ts';

export const deleteLimited = defineCheck({
  id: 'delete-limited',
  subject: 'repository',
  severity: 'medium',
  title: 'Only named identities of the own account can delete images or tags',
  why: 'A deleted image stops every restart that needs it, and a deleted tag can be pushed anew with other content.',
  answers: ['F2'],
  topics: ['least-privilege-and-push-restricted', 'deletion-protection'],
  references: [
    'https://csrc.nist.gov/pubs/sp/800/190/final',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html',
  ],
  fix: {
    ecr: {
      risk: 'Clean-up jobs under other roles can no longer delete images.',
      undo: 'Take the statement DeleteByFew out of the policy again.',
      command: [
        'aws ecr get-repository-policy --repository-name <repository> --query policyText --output text > policy.json',
        '# add to Statement in policy.json: {"Sid":"DeleteByFew","Effect":"Deny","Principal":"*","Action":["ecr:BatchDeleteImage","ecr:DeleteRepository"],"Condition":{"ArnNotLike":{"aws:PrincipalArn":["arn:aws:iam::<account>:role/<role>"]}}}',
        'aws ecr set-repository-policy --repository-name <repository> --policy-text file://policy.json',
      ].join('\n'),
      terraform:
        'aws_ecr_repository_policy: in policy, a Deny of ecr:BatchDeleteImage and ecr:DeleteRepository for principal "*" with ArnNotLike aws:PrincipalArn = the roles that may',
      console:
        'Amazon ECR > Private registry > Repositories > (repository) > Permissions > Edit policy JSON',
    },
    'artifact-registry': {
      command:
        'gcloud artifacts repositories remove-iam-policy-binding <repository> --location=<location> --member=<member> --role=roles/artifactregistry.repoAdmin # and gcloud projects remove-iam-policy-binding for what is inherited',
      terraform:
        'google_artifact_registry_repository_iam_member: role = "roles/artifactregistry.repoAdmin" for few members of the own organisation',
      console:
        'Google Cloud console > Artifact Registry > Repositories > (repository) > Permissions',
    },
    harbor: {
      command:
        "curl -u <administrator> -X PUT -H 'Content-Type: application/json' -d '{\"role_id\":2}' https://<host>/api/v2.0/projects/<project>/members/<member id> # 2 is developer, who may push but not delete",
      terraform:
        'harbor_project_member_user, harbor_project_member_group: role = "developer" instead of "projectadmin" or "maintainer"',
      console: 'Projects > (project) > Members > (member) > Action > Developer',
    },
    'docker-hub': {
      risk: 'Teams that were administrators can no longer change settings or delete tags.',
      undo: 'Give the permission back.',
      terraform:
        'docker_hub_repository_team_permission: permission = "write" instead of "admin"; docker_org_member: role = "member"',
      console: 'Docker Hub > My Hub > Repositories > (repository) > Settings > Permissions',
    },
    acr: {
      risk: 'Clean-up jobs of the principal stop working.',
      undo: 'az role assignment create --assignee <principal> --role AcrDelete --scope <registry id>',
      command:
        'az role assignment delete --assignee <principal> --role AcrDelete --scope <registry id>',
      terraform:
        'azurerm_role_assignment: role_definition_name = "AcrDelete" for named principals alone',
      console: 'Container registries > <registry> > Access control (IAM) > Role assignments',
    },
  },
  needs: ['deleters'],

  judge({ deleters }) {
    const tooWide = deleters.filter((identity) => identity.foreign || isCrowd(identity));
    if (tooWide.length > 0) return fail(`${enumerate(tooWide.map(identityLabel))} can delete`);
    if (deleters.length === 0) return pass('nobody can delete');
    return pass(`only ${enumerate(deleters.map(identityLabel))} can delete`);
  },
});
