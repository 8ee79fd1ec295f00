import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { isCrowd } from '../../src/model/crowd.ts';
import type { Identity } from '../../src/model/identity.ts';
import { identityLabel } from '../../src/model/identity-label.ts';
import { matchesAny } from '../../src/model/wildcard.ts';

export const pushLimitedToCi = defineCheck({
  id: 'push-limited-to-ci',
  subject: 'repository',
  severity: 'high',
  title: 'Only CI/CD pipelines can push images',
  why: 'An image pushed by hand went through no review, no test and no scan, and nobody can tell what it was built from.',
  answers: ['B5', 'F2'],
  topics: ['least-privilege-and-push-restricted'],
  references: [
    'https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-05-Insufficient-PBAC',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
  ],
  fix: {
    ecr: {
      risk: 'Whoever pushes under another role can no longer do so, administrators among them.',
      undo: 'Take the statement PushByCiOnly out of the policy again.',
      command: [
        'aws ecr get-repository-policy --repository-name <repository> --query policyText --output text > policy.json',
        '# add to Statement in policy.json: {"Sid":"PushByCiOnly","Effect":"Deny","Principal":"*","Action":["ecr:PutImage","ecr:InitiateLayerUpload","ecr:UploadLayerPart","ecr:CompleteLayerUpload"],"Condition":{"ArnNotLike":{"aws:PrincipalArn":["arn:aws:iam::<account>:role/<pipeline role>"]}}}',
        'aws ecr set-repository-policy --repository-name <repository> --policy-text file://policy.json',
      ].join('\n'),
      terraform:
        'aws_ecr_repository_policy: in policy, a Deny of ecr:PutImage and the layer uploads for principal "*" with ArnNotLike aws:PrincipalArn = the pipeline roles',
      console:
        'Amazon ECR > Private registry > Repositories > (repository) > Permissions > Edit policy JSON',
    },
    'artifact-registry': {
      command:
        'gcloud artifacts repositories add-iam-policy-binding <repository> --location=<location> --member=principalSet://iam.googleapis.com/projects/<number>/locations/global/workloadIdentityPools/<pool>/attribute.repository/<owner>/<name> --role=roles/artifactregistry.writer # then remove-iam-policy-binding for everybody else, on the repository and on the project',
      terraform:
        'google_artifact_registry_repository_iam_member: role = "roles/artifactregistry.writer" for pipelines only; no google_project_iam_member with roles/editor or roles/artifactregistry.writer',
      console:
        'Google Cloud console > Artifact Registry > Repositories > (repository) > Permissions',
    },
    harbor: {
      command:
        "curl -u <administrator> -X PUT -H 'Content-Type: application/json' -d '{\"role_id\":3}' https://<host>/api/v2.0/projects/<project>/members/<member id> # 3 is guest, who may pull; let a robot of the project push",
      terraform:
        'harbor_project_member_user, harbor_project_member_group: role = "guest"; harbor_robot_account: level = "project", access { resource = "repository", action = "push" }',
      console:
        'Projects > (project) > Members > (member) > Action > Guest; Projects > (project) > Robot Accounts > New Robot Account',
      instead:
        'Administrators can always push: expect.ciIdentities cannot hold them, so keep them few.',
    },
    'docker-hub': {
      risk: 'People who push by hand can no longer do so.',
      undo: 'Give the permission back.',
      terraform:
        'docker_hub_repository_team_permission: permission = "read"; docker_org_access_token with scope-image-push for the pipeline alone',
      console: 'Docker Hub > My Hub > Repositories > (repository) > Settings > Permissions',
      instead:
        'owners and editors can always push: keep those roles to few, and name the account of a pipeline in expect.ciIdentities',
    },
    acr: {
      risk: 'Whoever pushes by hand can no longer do so.',
      undo: 'az role assignment create --assignee <person> --role AcrPush --scope <registry id>',
      command: [
        'az role assignment create --assignee-object-id <pipeline> --assignee-principal-type ServicePrincipal --role AcrPush --scope <registry id>',
        'az role assignment delete --assignee <person> --role AcrPush --scope <registry id>',
      ].join('\n'),
      terraform: 'azurerm_role_assignment: role_definition_name = "AcrPush" for pipelines alone',
      console: 'Container registries > <registry> > Access control (IAM) > Role assignments',
      instead:
        'Owner and Contributor can push by their rights over the registry: give people roles that read, and the others for a time (Privileged Identity Management)',
    },
  },
  needs: ['pushers'],

  judge({ pushers }, { ciIdentities }) {
    const others = pushers.filter((identity) => !isPipeline(identity, ciIdentities));
    const sharper =
      ciIdentities.length === 0 ? '; expect.ciIdentities would tell pipelines from the rest' : '';
    if (others.length > 0) return fail(`${whoElse(others)}${sharper}`);
    if (pushers.length === 0) return pass('nobody can push');
    return pass(`only ${enumerate(pushers.map(identityLabel))} can push${sharper}`);
  },
});

/** Declared by name; where nothing is declared, any machine of one's own that is no administrator. */
function isPipeline(identity: Identity, ciIdentities: readonly string[]): boolean {
  if (isCrowd(identity)) return false;
  if (matchesAny(ciIdentities, identity.name)) return true;
  if (identity.foreign || identity.administrator) return false;
  return identity.kind === 'service' || (identity.kind === 'workload' && ciIdentities.length === 0);
}

function whoElse(others: readonly Identity[]): string {
  const clause = (administrator: boolean, end: string) => {
    const those = others.filter((identity) => identity.administrator === administrator);
    return those.length === 0 ? [] : [`${enumerate(those.map(identityLabel))} ${end}`];
  };
  return [...clause(false, 'can push'), ...clause(true, 'can push as administrator')].join('; ');
}
