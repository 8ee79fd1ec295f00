import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const access = {
  'admins-few': {
    terraform:
      'docker_org_member: role = "member"; docker_org_team_member of the team owners: remove',
    console: 'Docker Home > (organization) > Members > (member) > Actions > Change role',
    risk: 'The member can no longer manage the organization.',
    undo: 'Assign the role again in the same place.',
    references: ['https://docs.docker.com/enterprise/security/roles-and-permissions/core-roles/'],
  },
  'anonymous-catalog-off': {
    terraform: 'docker_hub_repository: private = true',
    console: 'Docker Hub > My Hub > Repositories > (repository) > Settings > Make private',
    instead:
      'public repositories can be searched: make repositories private, or keep public ones in a separate namespace',
    risk: 'Clients without login can no longer pull.',
    undo: 'Make the repository public again in the same place.',
    references: ['https://docs.docker.com/docker-hub/repos/manage/access/'],
  },
  'anonymous-pull-off': {
    terraform: 'docker_hub_repository: private = true',
    console: 'Docker Hub > My Hub > Repositories > (repository) > Settings > Make private',
    risk: 'Clients without login can no longer pull, and the plan limits the number of private repositories.',
    undo: 'Make the repository public again in the same place.',
    references: ['https://docs.docker.com/docker-hub/repos/manage/access/'],
  },
  'broad-tokens-off': {
    terraform:
      'docker_org_access_token: resources = [{ type = "TYPE_REPO", path = "<org>/<repository>", scopes = ["scope-image-push"] }] instead of path = "<org>/*"',
    console: 'Docker Home > Admin Console > Access tokens > (token) > Actions > Edit',
    instead:
      'personal access tokens have all access of their owner and cannot be limited to a repository: let workloads use organization access tokens or OIDC connections',
    risk: 'Clients of the token lose access to the repositories that are no longer named.',
    undo: 'Restore the previous resources.',
    references: ['https://docs.docker.com/security/access-tokens/organization-access-tokens/'],
  },
  'cross-account-limited': {
    terraform:
      'docker_hub_repository: private = true; remove docker_hub_repository_team_permission of teams with guests, and docker_org_team_member of guests',
    console:
      'Docker Hub > My Hub > Repositories > (repository) > Settings (Permissions in an organization, Collaborators in an account)',
    risk: 'Outside principals lose access.',
    undo: 'Add the team, guest or collaborator again.',
    references: ['https://docs.docker.com/docker-hub/repos/manage/access/'],
  },
  'delete-limited': {
    terraform:
      'docker_hub_repository_team_permission: permission = "write" instead of "admin"; docker_org_member: role = "member"',
    console: 'Docker Hub > My Hub > Repositories > (repository) > Settings > Permissions',
    risk: 'Teams that were administrators can no longer change settings or delete tags.',
    undo: 'Grant the permission again.',
    references: ['https://docs.docker.com/docker-hub/repos/manage/access/'],
  },
  'push-limited-to-ci': {
    terraform:
      'docker_hub_repository_team_permission: permission = "read"; docker_org_access_token with scope-image-push for the pipeline alone',
    console: 'Docker Hub > My Hub > Repositories > (repository) > Settings > Permissions',
    instead:
      'owners and editors can always push: keep these roles few, and declare the account of a pipeline in expect.ciIdentities',
    risk: 'Users can no longer push by hand.',
    undo: 'Grant the permission again.',
    references: ['https://docs.docker.com/docker-hub/repos/manage/access/'],
  },
  'tokens-expire': {
    terraform:
      'docker_org_access_token: expires_at = "<date>"; docker_access_token: expires_at = "<date>"',
    console:
      'Docker Home > Admin Console > Access tokens > Generate access token > Expiration date; for users: Account settings > Personal access tokens',
    instead:
      'the expiry of a token cannot be changed: create a new one and delete the old one; better, let pipelines use an OIDC connection, whose tokens are valid for minutes',
    risk: 'Clients of the old token stop working when it is deleted.',
    undo: 'A deleted token cannot be restored; create another one.',
    references: [
      'https://docs.docker.com/security/access-tokens/organization-access-tokens/',
      'https://docs.docker.com/security/access-tokens/personal-access-tokens/',
    ],
  },
  'tokens-in-use': {
    terraform: 'remove docker_org_access_token and docker_access_token that nothing uses',
    console:
      'Docker Home > Admin Console > Access tokens > (token) > Actions > Delete; for users: Account settings > Personal access tokens',
    risk: 'A client that rarely signs in may still use the token.',
    undo: 'A deleted token cannot be restored; create another one. A deactivated token can be activated again.',
    references: [
      'https://docs.docker.com/security/access-tokens/organization-access-tokens/',
      'https://docs.docker.com/security/access-tokens/personal-access-tokens/',
    ],
  },
} satisfies Record<Failable['access'], Fix>;
