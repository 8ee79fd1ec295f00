import { refusedByHttp } from '../../http/http-errors.ts';
import type { Operation } from '../contract.ts';
import type { HttpOperation } from '../http-api.ts';

const reference = 'https://docs.docker.com/reference/api/hub/latest/operations';
const tokens = 'https://docs.docker.com/security/access-tokens/reference/';
const ofOrganizationTokens =
  'https://docs.docker.com/security/access-tokens/organization-access-tokens/';
const registry = 'https://docs.docker.com/docker-hub/usage/pulls/';
const scout = 'https://docs.docker.com/scout/explore/analysis/';

/**
 * A 404 names no such object, or one that this token may not see: nothing tells them apart. A 402 of
 * Docker Scout says that the subscription does not cover the call.
 */
const means = { ...refusedByHttp, '404': 'denied-or-absent', '402': 'plan-gated' } as const;

const signIn = {
  why: 'denied',
  cure: 'sign in with docker login, or set DOCKER_USERNAME and DOCKER_PASSWORD to a user or organization and its access token',
} as const;

function operation(permission: string, doc: string): Operation {
  return { permission, doc, means };
}

/**
 * A call that Docker Hub refuses to access tokens of a kind, whatever they may do (docker/hub-feedback#2438
 * and #2478): to grant a permission does not help their holder. `cure`: what does.
 */
function refusing(cure: string, permission: string, doc: string): Operation {
  const denied = { why: 'denied', cure } as const;
  return { permission, doc, means: { ...means, '401': denied, '403': denied } };
}

const password = 'sign in with the user name and password of an owner';
const cures = {
  everyToken: `${password}: Docker Hub refuses this to access tokens`,
  personalToken: (scope: string) =>
    `use an organization access token with ${scope}, or ${password}: Docker Hub refuses this to personal access tokens`,
};

/** A call of the API of Docker Hub. */
export interface HubOperation extends HttpOperation {
  /** Of a listing: the field that no two of its entries share. */
  readonly key?: string;
}

const ofNamespace = '/v2/namespaces/{namespace}/repositories';
const ofRepository = `${ofNamespace}/{repository}`;
const ofOrganization = '/v2/orgs/{namespace}';

/** Where people's tokens read webhooks, as Docker's own pages do. */
export const webhooksForPeople = '/v2/repositories/{namespace}/{repository}/webhook_pipeline/';

/** The calls of the API of Docker Hub, by their paths. */
export const calls = {
  ListRepositories: {
    path: ofNamespace,
    key: 'name',
    ...operation('scope-repository-list', `${reference}/listNamespaceRepositories/`),
  },
  GetRepository: {
    path: ofRepository,
    ...operation('scope-repository-read', `${reference}/GetRepository/`),
  },
  ListRepositoryTeams: {
    path: `${ofRepository}/groups`,
    key: 'group_name',
    ...operation('scope-repo-group-read', tokens),
  },
  ListWebhooks: {
    path: `${ofRepository}/webhook_pipeline`,
    key: 'slug',
    ...operation('scope-webhook-read', tokens),
  },
  ListTags: {
    path: `${ofRepository}/tags`,
    key: 'name',
    ...operation('scope-tag-read', `${reference}/ListRepositoryTags/`),
  },
  ListMemberships: {
    path: '/v2/user/orgs',
    key: 'orgname',
    ...operation('role:member', 'https://docs.docker.com/admin/company/'),
  },
  ListMembers: {
    path: `${ofOrganization}/members`,
    key: 'username',
    ...refusing(
      cures.personalToken('scope-member-read'),
      'scope-member-read',
      'https://docs.docker.com/reference/api/hub/latest/',
    ),
  },
  ListInvites: {
    path: `${ofOrganization}/invites`,
    ...refusing(
      cures.personalToken('scope-invite-read'),
      'scope-invite-read',
      'https://docs.docker.com/reference/api/hub/latest/',
    ),
  },
  ListOrgAccessTokens: {
    path: `${ofOrganization}/access-tokens`,
    key: 'id',
    ...refusing(cures.everyToken, 'role:owner', ofOrganizationTokens),
  },
  GetOrgAccessToken: {
    path: `${ofOrganization}/access-tokens/{token}`,
    ...refusing(cures.everyToken, 'role:owner', ofOrganizationTokens),
  },
  ListPersonalAccessTokens: {
    path: '/v2/access-tokens',
    key: 'uuid',
    ...refusing(
      cures.everyToken,
      '',
      'https://docs.docker.com/security/access-tokens/personal-access-tokens/',
    ),
  },
  ListAuditLogs: {
    path: '/v2/auditlogs/{namespace}',
    ...refusing(
      cures.personalToken('scope-activity-read'),
      'scope-activity-read',
      `${reference}/AuditLogs_ListAuditLogs/`,
    ),
  },
} as const satisfies Readonly<Record<string, HubOperation>>;

export type HubCall = keyof typeof calls;
export type HubListing = {
  [N in HubCall]: (typeof calls)[N] extends { readonly key: string } ? N : never;
}[HubCall];

/** Every call the adapter can make, all of them reads; signing in is a POST, and so are GraphQL queries. */
export const operations = {
  AuthCreateAccessToken: {
    ...operation('', `${reference}/AuthCreateAccessToken/`),
    means: { ...means, '401': signIn, '403': signIn, credentials: signIn },
  },
  ...calls,
  GetRegistryToken: operation('scope-image-pull', registry),
  GetManifest: operation('scope-image-pull', registry),
  ListReferrers: operation('scope-image-pull', registry),
  ListScoutRepositories: operation('role:member', scout),
  ListScoutImages: operation('role:member', scout),
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof operations;
