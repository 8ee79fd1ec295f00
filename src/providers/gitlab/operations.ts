import { refusedByHttp } from '../../http/http-errors.ts';
import type { Cause, Operation } from '../contract.ts';
import type { HttpOperation } from '../http-api.ts';

/** The role that a call takes, from the least to the most; `admin` administers the instance. */
export type Role = 'guest' | 'reporter' | 'developer' | 'maintainer' | 'owner' | 'admin';

/** A call of the adapter. `scope`: what the token needs besides the role of its owner. */
export interface GitlabOperation extends Operation {
  readonly role: Role;
  readonly scope: 'read_api' | 'read_registry' | null;
}

const docs = 'https://docs.gitlab.com';

type Means = Operation['means'];

function needs(
  role: Role,
  scope: GitlabOperation['scope'],
  page: string,
  means: Means = {},
): GitlabOperation {
  return {
    role,
    scope,
    permission: scope === null ? '' : `${scope}:${role}`,
    doc: `${docs}/${page}`,
    means: { ...refusedByHttp, ...means },
  };
}

type ApiOperation = GitlabOperation & HttpOperation;

/** A GET of the REST API, by its path below `/api/v4`. */
function read(path: string, role: Role, page: string, means: Means = {}): ApiOperation {
  return { ...needs(role, 'read_api', page, means), path: `/api/v4${path}` };
}

/** A query of the GraphQL API, which answers 200 with `errors` where REST refuses. */
function query(role: Role, page: string): ApiOperation {
  return { ...needs(role, 'read_api', page), path: '/api/graphql' };
}

/** 404 is what GitLab answers for what the caller may not see, and for what is not there. */
const hidden = { '404': 'denied-or-absent' } as const;

/** 404 of a call on what was read before: the plan lacks it, or its feature is off. */
const planned = (plan: string): Readonly<Record<'404', Cause>> => ({
  '404': { why: 'plan-gated', cure: `the call takes the plan ${plan}, or the feature is off` },
});

/** The release lacks the call. */
const since = (release: string): Readonly<Record<'404', Cause>> => ({
  '404': { why: 'plan-gated', cure: `GitLab has the call from release ${release} on` },
});

/** The calls of REST and GraphQL. */
export const calls = {
  getToken: read('/personal_access_tokens/self', 'guest', 'api/personal_access_tokens/'),
  getMetadata: read('/metadata', 'guest', 'api/metadata/'),
  getSettings: read('/application/settings', 'admin', 'api/settings/', hidden),
  listAdministrators: read('/users', 'admin', 'api/users/', hidden),
  listGeoSites: read('/geo_sites', 'admin', 'api/geo_sites/', planned('Premium')),
  listGeoStatuses: read('/geo_sites/status', 'admin', 'api/geo_sites/', planned('Premium')),
  listGroups: read('/groups', 'guest', 'api/groups/'),
  getGroup: read('/groups/{group}', 'guest', 'api/groups/', hidden),
  listGroupMembers: read('/groups/{group}/members/all', 'guest', 'api/group_members/', hidden),
  listDirectMembers: read('/groups/{group}/members', 'guest', 'api/group_members/', hidden),
  listGroupProjects: read('/groups/{group}/projects', 'guest', 'api/groups/', hidden),
  listGroupRepositories: read(
    '/groups/{group}/registry/repositories',
    'reporter',
    'api/container_registry/',
    hidden,
  ),
  listGroupDeployTokens: read(
    '/groups/{group}/deploy_tokens',
    'maintainer',
    'api/deploy_tokens/',
    hidden,
  ),
  listGroupAccessTokens: read(
    '/groups/{group}/access_tokens',
    'owner',
    'api/group_access_tokens/',
    hidden,
  ),
  listGroupHooks: read('/groups/{group}/hooks', 'owner', 'api/group_webhooks/', planned('Premium')),
  listGroupAuditEvents: read(
    '/groups/{group}/audit_events',
    'owner',
    'api/audit_events/',
    planned('Premium'),
  ),
  listVirtualRegistries: read(
    '/groups/{group}/-/virtual_registries/container/registries',
    'maintainer',
    'api/container_virtual_registries/',
    planned('Premium'),
  ),
  listVirtualUpstreams: read(
    '/virtual_registries/container/registries/{registry}/upstreams',
    'maintainer',
    'api/container_virtual_registries/',
    hidden,
  ),
  getProject: read('/projects/{project}', 'guest', 'api/projects/', hidden),
  listProjectRepositories: read(
    '/projects/{project}/registry/repositories',
    'reporter',
    'api/container_registry/',
    hidden,
  ),
  listProjectMembers: read(
    '/projects/{project}/members/all',
    'guest',
    'api/project_members/',
    hidden,
  ),
  listRepositoryRules: read(
    '/projects/{project}/registry/protection/repository/rules',
    'maintainer',
    'api/container_repository_protection_rules/',
    since('17.8'),
  ),
  listDeployTokens: read(
    '/projects/{project}/deploy_tokens',
    'maintainer',
    'api/deploy_tokens/',
    hidden,
  ),
  listAccessTokens: read(
    '/projects/{project}/access_tokens',
    'maintainer',
    'api/project_access_tokens/',
    hidden,
  ),
  getJobTokenScope: read(
    '/projects/{project}/job_token_scope',
    'maintainer',
    'api/project_job_token_scopes/',
    hidden,
  ),
  listJobTokenProjects: read(
    '/projects/{project}/job_token_scope/allowlist',
    'maintainer',
    'api/project_job_token_scopes/',
    hidden,
  ),
  listJobTokenGroups: read(
    '/projects/{project}/job_token_scope/groups_allowlist',
    'maintainer',
    'api/project_job_token_scopes/',
    hidden,
  ),
  listHooks: read('/projects/{project}/hooks', 'maintainer', 'api/project_webhooks/', hidden),
  getSecuritySettings: read(
    '/projects/{project}/security_settings',
    'developer',
    'api/project_security_settings/',
    planned('Ultimate'),
  ),
  queryTagRules: query('maintainer', 'user/packages/container_registry/immutable_container_tags/'),
  queryFindings: query('developer', 'user/application_security/container_scanning/'),
  queryScanPolicies: query(
    'developer',
    'user/application_security/policies/scan_execution_policies/',
  ),
  queryInstanceStreams: query('admin', 'administration/compliance/audit_event_streaming/'),
  queryStreams: query('owner', 'user/compliance/audit_event_streaming/'),
  queryDependencyProxy: query('owner', 'user/packages/dependency_proxy/'),
  queryTags: query('reporter', 'api/graphql/reference/'),
} as const satisfies Readonly<Record<string, ApiOperation>>;

export type GitlabCall = keyof typeof calls;

const registryPage = 'user/packages/container_registry/authenticate_with_container_registry/';

/** Everything the adapter can do, all of it reads. */
export const operations = {
  ...calls,
  getRegistryToken: needs('reporter', 'read_registry', registryPage),
  listReferrers: needs('reporter', 'read_registry', 'user/packages/container_registry/'),
  getManifest: needs('reporter', 'read_registry', 'user/packages/container_registry/'),
  probeTls: needs('guest', null, 'administration/packages/container_registry/'),
} as const satisfies Readonly<Record<string, GitlabOperation>>;

export type OperationName = keyof typeof operations;
