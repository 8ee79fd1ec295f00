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

function operation(permission: string, doc: string): Operation {
  return { permission, doc, means };
}

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
    ...operation('scope-member-read', 'https://docs.docker.com/reference/api/hub/latest/'),
  },
  ListInvites: {
    path: `${ofOrganization}/invites`,
    ...operation('scope-invite-read', 'https://docs.docker.com/reference/api/hub/latest/'),
  },
  ListOrgAccessTokens: {
    path: `${ofOrganization}/access-tokens`,
    key: 'id',
    ...operation('role:owner', ofOrganizationTokens),
  },
  GetOrgAccessToken: {
    path: `${ofOrganization}/access-tokens/{token}`,
    ...operation('role:owner', ofOrganizationTokens),
  },
  ListPersonalAccessTokens: {
    path: '/v2/access-tokens',
    key: 'uuid',
    ...operation('', 'https://docs.docker.com/security/access-tokens/personal-access-tokens/'),
  },
  ListAuditLogs: {
    path: '/v2/auditlogs/{namespace}',
    ...operation('scope-activity-read', `${reference}/AuditLogs_ListAuditLogs/`),
  },
} as const satisfies Readonly<Record<string, HubOperation>>;

export type HubCall = keyof typeof calls;
export type HubListing = {
  [N in HubCall]: (typeof calls)[N] extends { readonly key: string } ? N : never;
}[HubCall];

/** Every call the adapter can make, all of them reads; signing in is a POST, and so are GraphQL queries. */
export const operations = {
  AuthCreateAccessToken: operation('', `${reference}/AuthCreateAccessToken/`),
  ...calls,
  GetRegistryToken: operation('scope-image-pull', registry),
  GetManifest: operation('scope-image-pull', registry),
  ListReferrers: operation('scope-image-pull', registry),
  ListScoutRepositories: operation('role:member', scout),
  ListScoutImages: operation('role:member', scout),
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof operations;
