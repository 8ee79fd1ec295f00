import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const access = {
  'admins-few': {
    terraform:
      'docker_org_member: role = "member"; docker_org_team_member of the team owners: remove',
    console: 'Docker Home > (organization) > Members > (member) > Actions > Change role',
    risk: 'Who loses the role can no longer manage the organization.',
    undo: 'Give the role back in the same place.',
    references: ['https://docs.docker.com/enterprise/security/roles-and-permissions/core-roles/'],
  },
  'anonymous-catalog-off': {
    terraform: 'docker_hub_repository: private = true',
    console: 'Docker Hub > My Hub > Repositories > (repository) > Settings > Make private',
    instead:
      'whatever is public can be searched for: make repositories private, or keep public ones in a namespace of their own',
    risk: 'Everybody who pulls without signing in is cut off.',
    undo: 'Make the repository public again in the same place.',
    references: ['https://docs.docker.com/docker-hub/repos/manage/access/'],
  },
  'anonymous-pull-off': {
    terraform: 'docker_hub_repository: private = true',
    console: 'Docker Hub > My Hub > Repositories > (repository) > Settings > Make private',
    risk: 'Everybody who pulls without signing in is cut off, and the plan limits how many private repositories there are.',
    undo: 'Make the repository public again in the same place.',
    references: ['https://docs.docker.com/docker-hub/repos/manage/access/'],
  },
  'broad-tokens-off': {
    terraform:
      'docker_org_access_token: resources = [{ type = "TYPE_REPO", path = "<org>/<repository>", scopes = ["scope-image-push"] }] instead of path = "<org>/*"',
    console: 'Docker Home > Admin Console > Access tokens > (token) > Actions > Edit',
    instead:
      'personal access tokens reach whatever their owner does and cannot be limited to a repository: let machines use organization access tokens or OIDC connections',
    risk: 'What uses the token loses the repositories that are no longer named.',
    undo: 'Put the old resources back.',
    references: ['https://docs.docker.com/security/access-tokens/organization-access-tokens/'],
  },
  'cross-account-limited': {
    terraform:
      'docker_hub_repository: private = true; remove docker_hub_repository_team_permission of teams with guests, and docker_org_team_member of guests',
    console:
      'Docker Hub > My Hub > Repositories > (repository) > Settings (Permissions in an organization, Collaborators in an account)',
    risk: 'Whoever was outside loses access.',
    undo: 'Add the team, guest or collaborator again.',
    references: ['https://docs.docker.com/docker-hub/repos/manage/access/'],
  },
  'delete-limited': {
    terraform:
      'docker_hub_repository_team_permission: permission = "write" instead of "admin"; docker_org_member: role = "member"',
    console: 'Docker Hub > My Hub > Repositories > (repository) > Settings > Permissions',
    risk: 'Teams that were administrators can no longer change settings or delete tags.',
    undo: 'Give the permission back.',
    references: ['https://docs.docker.com/docker-hub/repos/manage/access/'],
  },
  'push-limited-to-ci': {
    terraform:
      'docker_hub_repository_team_permission: permission = "read"; docker_org_access_token with scope-image-push for the pipeline alone',
    console: 'Docker Hub > My Hub > Repositories > (repository) > Settings > Permissions',
    instead:
      'owners and editors can always push: keep those roles to few, and name the account of a pipeline in expect.ciIdentities',
    risk: 'People who push by hand can no longer do so.',
    undo: 'Give the permission back.',
    references: ['https://docs.docker.com/docker-hub/repos/manage/access/'],
  },
  'tokens-expire': {
    terraform:
      'docker_org_access_token: expires_at = "<date>"; docker_access_token: expires_at = "<date>"',
    console:
      'Docker Home > Admin Console > Access tokens > Generate access token > Expiration date; for people: Account settings > Personal access tokens',
    instead:
      'the end of a token cannot be changed: make a new one and delete the old; better, let pipelines sign in through an OIDC connection, whose tokens last minutes',
    risk: 'What uses the old token stops working once it is deleted.',
    undo: 'A deleted token cannot be brought back; make another one.',
    references: [
      'https://docs.docker.com/security/access-tokens/organization-access-tokens/',
      'https://docs.docker.com/security/access-tokens/personal-access-tokens/',
    ],
  },
  'tokens-in-use': {
    terraform: 'remove docker_org_access_token and docker_access_token that nothing uses',
    console:
      'Docker Home > Admin Console > Access tokens > (token) > Actions > Delete; for people: Account settings > Personal access tokens',
    risk: 'Something that signs in seldom may still use the token.',
    undo: 'A deleted token cannot be brought back; make another one. One that was only deactivated can be activated again.',
    references: [
      'https://docs.docker.com/security/access-tokens/organization-access-tokens/',
      'https://docs.docker.com/security/access-tokens/personal-access-tokens/',
    ],
  },
} satisfies Record<Failable['access'], Fix>;
