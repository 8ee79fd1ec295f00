import { refusedByHttp } from '../../http/http-errors.ts';
import type { Operation } from '../contract.ts';
import type { HttpOperation } from '../http-api.ts';

/** How a listing goes on: `cursor` by the `next_page` of its answer, `number` by `has_additional`. */
type Paging = 'cursor' | 'number';

/** A GET of the API. `list`: the key of the entries, for listings. */
export interface QuayOperation extends HttpOperation {
  readonly list?: string;
  readonly paging?: Paging;
}

type Means = Operation['means'];

const guide =
  'https://docs.redhat.com/en/documentation/red_hat_quay/3/html/red_hat_quay_api_reference/index';
/** A page of the UI stands for a path that this release or this configuration has no route for. */
const repositoryDefaults = { '402': 'plan-gated', '404': 'denied-or-absent' } as const;
/** Quay's own word for an object that is not there; a route that is off answers with a page of its UI. */
const none: Means = { not_found: 'absent' };
const gone: Means = { not_found: 'inconclusive' };

function operation(
  path: string,
  permission: string,
  means: Means = {},
  more: Pick<QuayOperation, 'list' | 'paging'> = {},
): QuayOperation {
  return {
    path,
    permission,
    doc: guide,
    means: { ...refusedByHttp, ...repositoryDefaults, ...means },
    ...more,
  };
}

const listed = (list: string, paging: Paging = 'cursor') => ({ list, paging });
const api = '/api/v1';
const organization = `${api}/organization/{namespace}`;
const repository = `${api}/repository/{namespace}/{repository+}`;

/** The calls of the API, called as its own description calls them. */
export const calls = {
  getConfig: operation('/config', ''),
  getOrganizationMembers: operation(`${organization}/members`, 'org:admin'),
  getOrganization: operation(organization, 'org:admin', none),
  getUserInformation: operation(`${api}/users/{namespace}`, '', none),
  getLoggedInUser: operation(`${api}/user/`, 'user:read'),
  listAllOrganizations: operation(
    `${api}/superuser/organizations/`,
    'super:user',
    {},
    listed('organizations'),
  ),
  listAllUsers: operation(`${api}/superuser/users/`, 'super:user', {}, listed('users')),
  listAllAppTokens: operation(`${api}/superuser/apptokens`, 'super:user'),
  // FEATURE_SUPERUSER_CONFIGDUMP has to be on, too.
  getRegistryConfiguration: operation(`${api}/superuser/config`, 'super:user'),
  listRepos: operation(`${api}/repository`, 'repo:read', {}, listed('repositories')),
  listPublicRepos: operation(`${api}/repository`, '', {}, listed('repositories')),
  getOrgRobots: operation(`${organization}/robots`, 'org:admin'),
  getOrganizationApplications: operation(`${organization}/applications`, 'org:admin'),
  listOrganizationApplicationTokens: operation(
    `${organization}/applications/{application}/tokens`,
    'org:admin',
    gone,
    listed('tokens'),
  ),
  getOrganizationTeamMembers: operation(`${organization}/team/{team}/members`, 'org:admin', gone),
  getOrganizationCollaborators: operation(`${organization}/collaborators`, 'org:admin'),
  listOrganizationAutoPrunePolicies: operation(`${organization}/autoprunepolicy/`, 'org:admin'),
  listOrgImmutabilityPolicies: operation(`${organization}/immutabilitypolicy/`, 'org:admin'),
  getProxyCacheConfig: operation(`${organization}/proxycache`, 'org:admin'),
  getOrgMirrorConfig: operation(`${organization}/mirror`, 'org:admin', none),
  getRepo: operation(repository, 'repo:read', gone),
  listRepoUserPermissions: operation(`${repository}/permissions/user/`, 'repo:admin', gone),
  listRepoTeamPermissions: operation(`${repository}/permissions/team/`, 'repo:admin', gone),
  listRepoNotifications: operation(`${repository}/notification/`, 'repo:admin', gone),
  listRepositoryAutoPrunePolicies: operation(`${repository}/autoprunepolicy/`, 'repo:admin', gone),
  listRepositoryImmutabilityPolicies: operation(
    `${repository}/immutabilitypolicy/`,
    'repo:admin',
    gone,
  ),
  getRepoMirrorConfig: operation(`${repository}/mirror`, 'repo:admin', gone),
  listBuildTriggers: operation(`${repository}/trigger/`, 'repo:admin', gone),
  listRepoTags: operation(`${repository}/tag/`, 'repo:read', gone, listed('tags', 'number')),
  getRepoManifest: operation(`${repository}/manifest/{digest}`, 'repo:read', gone),
  getRepoManifestSecurity: operation(`${repository}/manifest/{digest}/security`, 'repo:read', gone),
} as const satisfies Readonly<Record<string, QuayOperation>>;

export type QuayCall = keyof typeof calls;

const distribution = 'https://github.com/opencontainers/distribution-spec/blob/main/spec.md';

function onTheWire(permission: string, doc: string): Operation {
  return { permission, doc, means: refusedByHttp };
}

/** Everything the adapter can do, all of it reads. */
export const operations: Readonly<
  Record<QuayCall | 'getToken' | 'listReferrers' | 'getBlob' | 'probeTls', Operation>
> = {
  ...calls,
  getToken: onTheWire('repo:read', distribution),
  listReferrers: onTheWire('repo:read', distribution),
  getBlob: onTheWire('repo:read', distribution),
  probeTls: onTheWire(
    '',
    'https://docs.redhat.com/en/documentation/red_hat_quay/3/html/securing_red_hat_quay/index',
  ),
};

export type OperationName = keyof typeof operations;
