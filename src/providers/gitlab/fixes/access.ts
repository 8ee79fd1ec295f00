import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const docs = 'https://docs.gitlab.com';

export const access = {
  'admin-user-off': {
    command: 'glab api --method PUT users/1 -f username=<own name>',
    console:
      'Admin > Overview > Users > Administrator > Edit: give it the name of a person, or block it',
    risk: 'Scripts that sign in as root stop; another administrator has to be there before it is blocked.',
    undo: 'Give the account its former name back, or unblock it, in the same place.',
    references: [`${docs}/administration/moderate_users/`],
  },
  'admins-few': {
    command: 'glab api --method PUT groups/<group>/members/<user id> -f access_level=40',
    terraform: 'gitlab_group_membership: access_level = "maintainer"',
    console: 'Group > Manage > Members > (member) > Role',
    risk: 'Whoever is no owner any more can no longer manage members, tokens and settings of the group.',
    undo: 'The same command with access_level=50.',
    references: [`${docs}/user/permissions/`],
  },
  'anonymous-catalog-off': {
    command:
      'glab api --method PUT projects/<project> -f container_registry_access_level=private # or -f visibility=private',
    terraform: 'gitlab_project: container_registry_access_level = "private"',
    console:
      'Project > Settings > General > Visibility, project features, permissions > Container registry: only project members',
    risk: 'Whoever is no member can no longer see or pull the images.',
    undo: 'The same command with enabled.',
    references: [`${docs}/user/packages/container_registry/`],
  },
  'anonymous-pull-off': {
    command:
      'glab api --method PUT projects/<project> -f container_registry_access_level=private # or -f visibility=private',
    terraform: 'gitlab_project: container_registry_access_level = "private"',
    console:
      'Project > Settings > General > Visibility, project features, permissions > Container registry: only project members',
    risk: 'Whoever is no member can no longer pull the images.',
    undo: 'The same command with enabled.',
    references: [`${docs}/user/packages/container_registry/`],
  },
  'broad-tokens-off': {
    command:
      'glab api --method POST projects/<project>/deploy_tokens -f name=<name> -f scopes[]=read_registry # then revoke the token of the group',
    terraform: 'gitlab_project_deploy_token: scopes = ["read_registry"]',
    console:
      'Project > Settings > Repository > Deploy tokens; then Group > Settings > Repository > Deploy tokens > Revoke',
    risk: 'What still uses the token of the group fails once it is revoked.',
    undo: 'Create a token with the former scopes in the same place; its secret is a new one.',
    references: [`${docs}/user/project/deploy_tokens/`],
  },
  'central-identity-on': {
    command:
      'glab api --method PUT groups/<group> -f require_two_factor_authentication=true -f two_factor_grace_period=0',
    terraform:
      'gitlab_group: require_two_factor_authentication = true, two_factor_grace_period = 0',
    console:
      'Group > Settings > General > Permissions and group features > All users in this group must set up two-factor authentication',
    risk: 'Members without a second factor have to set one up at the next sign-in, before they can do anything else.',
    undo: 'The same command with false.',
    references: [`${docs}/security/two_factor_authentication/`],
  },
  'cross-account-limited': {
    command:
      'glab api --method PATCH projects/<project>/job_token_scope -f enabled=true # and DELETE projects/<project>/share/<group id> for a group of strangers',
    terraform: 'gitlab_project_job_token_scopes: enabled = true',
    console:
      'Project > Settings > CI/CD > Job token permissions; Project > Manage > Members > Groups',
    risk: 'Pipelines of other projects that pull from here fail until they are on the allowlist, and members of the group lose their access.',
    undo: 'The same command with false, and invite the group again with its former role.',
    references: [
      `${docs}/ci/jobs/ci_job_token/`,
      `${docs}/user/project/members/sharing_projects_groups/`,
    ],
  },
  'delete-limited': {
    command:
      'glab api --method POST projects/<project>/registry/protection/repository/rules -f repository_path_pattern=<repository>* -f minimum_access_level_for_delete=maintainer',
    terraform:
      'gitlab_project_container_repository_protection: minimum_access_level_for_delete = "maintainer"',
    console:
      'Project > Settings > Packages and registries > Protected container repositories > Add protection rule',
    risk: 'Developers and their pipelines can no longer delete tags.',
    undo: 'Delete the rule in the same place.',
    references: [`${docs}/user/packages/container_registry/container_repository_protection_rules/`],
  },
  'project-creation-limited': {
    command: 'glab api --method PUT groups/<group> -f project_creation_level=maintainer',
    terraform: 'gitlab_group: project_creation_level = "maintainer"',
    console:
      'Group > Settings > General > Permissions and group features > Roles allowed to create projects',
    risk: 'Developers have to ask for new projects.',
    undo: 'The same command with developer.',
    references: [`${docs}/user/group/manage/`],
  },
  'push-limited-to-ci': {
    command:
      'glab api --method POST projects/<project>/registry/protection/repository/rules -f repository_path_pattern=<repository>* -f minimum_access_level_for_push=maintainer',
    terraform:
      'gitlab_project_container_repository_protection: minimum_access_level_for_push = "maintainer"',
    console:
      'Project > Settings > Packages and registries > Protected container repositories > Add protection rule',
    risk: 'Developers and the pipelines that they start, and every deploy token, can no longer push to the repository: let a project access token with the role Maintainer push.',
    undo: 'Delete the rule in the same place.',
    references: [`${docs}/user/packages/container_registry/container_repository_protection_rules/`],
  },
  'self-registration-off': {
    command: 'glab api --method PUT application/settings -f signup_enabled=false',
    terraform: 'gitlab_application_settings: signup_enabled = false',
    console:
      'Admin > Settings > General > New user accounts: sign-up enabled, or approval by an administrator',
    risk: 'New people need an administrator, or the directory, to get an account.',
    undo: 'The same command with true.',
    references: [`${docs}/administration/settings/sign_up_restrictions/`],
  },
  'tokens-expire': {
    command:
      'glab api --method POST projects/<project>/access_tokens/<token id>/rotate -f expires_at=<date>',
    terraform: 'gitlab_project_access_token: expires_at; gitlab_deploy_token: expires_at',
    console:
      'Project or group > Settings > Access tokens, and > Repository > Deploy tokens: revoke, and create one that ends',
    risk: 'The former secret ends at once: what uses the token has to get the new one.',
    undo: 'Create a token with the former end in the same place; its secret is a new one.',
    references: [
      `${docs}/user/project/settings/project_access_tokens/`,
      `${docs}/user/project/deploy_tokens/`,
    ],
  },
  'tokens-in-use': {
    command: 'glab api --method DELETE projects/<project>/access_tokens/<token id>',
    console: 'Project or group > Settings > Access tokens > Revoke',
    risk: 'What uses the token seldom, or is not seen to, fails.',
    undo: 'Create a token of the same scopes in the same place; its secret is a new one.',
    references: [`${docs}/user/project/settings/project_access_tokens/`],
  },
} satisfies Record<Failable['access'], Fix>;
