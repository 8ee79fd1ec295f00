import { defineCheck, enumerate, fail, pass } from '../../src/engine/check.ts';
import { isCrowd } from '../../src/model/crowd.ts';
import { identityLabel } from '../../src/model/identity-label.ts';

export const adminsFew = defineCheck({
  id: 'admins-few',
  subject: 'registry',
  severity: 'medium',
  title: 'No more administrators than allowed',
  why: 'Every administrator can undo every other safeguard, and each one more is one more to be tricked.',
  answers: ['F2'],
  topics: ['least-privilege-and-push-restricted'],
  references: [
    'https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
  ],
  fix: {
    ecr: {
      risk: 'Whoever or whatever works under the role loses these rights at once.',
      undo: 'aws iam attach-role-policy with the same role and policy.',
      command: 'aws iam detach-role-policy --role-name <role> --policy-arn <policy>',
      terraform:
        'remove aws_iam_role_policy_attachment of AdministratorAccess, AmazonEC2ContainerRegistryFullAccess and the like',
      console: 'IAM > Roles > (role) > Permissions > (policy) > Remove',
    },
    'artifact-registry': {
      command:
        'gcloud projects remove-iam-policy-binding <project> --member=<member> --role=<role>',
      terraform:
        'google_project_iam_member: fewer members with roles/owner, roles/editor or roles/artifactregistry.admin',
      console: 'Google Cloud console > IAM & Admin > IAM > (principal) > Edit principal',
    },
    harbor: {
      command:
        "curl -u <administrator> -X PUT -H 'Content-Type: application/json' -d '{\"sysadmin_flag\":false}' https://<host>/api/v2.0/users/<user id>/sysadmin",
      terraform:
        'harbor_user: admin = false; harbor_config_auth: oidc_admin_group and ldap_group_admin_dn',
      console: 'Administration > Users > (user) > Actions > Revoke Admin',
    },
    'docker-hub': {
      risk: 'Who loses the role can no longer manage the organization.',
      undo: 'Give the role back in the same place.',
      terraform:
        'docker_org_member: role = "member"; docker_org_team_member of the team owners: remove',
      console: 'Docker Home > (organization) > Members > (member) > Actions > Change role',
    },
    acr: {
      risk: 'Whoever loses the role loses it at once, for everything in its scope.',
      undo: 'az role assignment create --assignee <principal> --role <role> --scope <scope>',
      command: 'az role assignment delete --assignee <principal> --role <role> --scope <scope>',
      terraform:
        'azurerm_role_assignment: remove those with role_definition_name Owner or Contributor that are not needed',
      console: 'Container registries > <registry> > Access control (IAM) > Role assignments',
    },
  },
  needs: ['administrators'],

  judge({ administrators }, { mostAdministrators }) {
    const crowds = administrators.filter(isCrowd);
    if (crowds.length > 0) {
      return fail(
        `administration is open to ${enumerate(crowds.map(identityLabel))}, however many that are`,
      );
    }
    const allowed = `expect.mostAdministrators allows ${mostAdministrators}`;
    return administrators.length > mostAdministrators
      ? fail(
          `${administrators.length} administer the registry: ${enumerate(administrators.map(identityLabel))}; ${allowed}`,
        )
      : pass(
          `${administrators.length} administer the registry, a group counted as one; ${allowed}`,
        );
  },
});
