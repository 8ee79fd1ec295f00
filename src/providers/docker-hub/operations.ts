import { refusedByHttp } from '../../http/http-errors.ts';
import type { Operation } from '../contract.ts';

const reference = 'https://docs.docker.com/reference/api/hub/latest/operations';
const tokens = 'https://docs.docker.com/security/access-tokens/reference/';
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

/** Every call the adapter can make, all of them reads; signing in is a POST, and so are GraphQL queries. */
export const operations = {
  AuthCreateAccessToken: operation('', `${reference}/AuthCreateAccessToken/`),
  ListRepositories: operation('scope-repository-list', `${reference}/listNamespaceRepositories/`),
  GetRepository: operation('scope-repository-read', `${reference}/GetRepository/`),
  ListRepositoryTeams: operation('scope-repo-group-read', tokens),
  ListWebhooks: operation('scope-webhook-read', tokens),
  ListTags: operation('scope-tag-read', `${reference}/ListRepositoryTags/`),
  ListMemberships: operation('role:owner', 'https://docs.docker.com/admin/company/'),
  ListMembers: operation('scope-member-read', 'https://docs.docker.com/reference/api/hub/latest/'),
  ListInvites: operation('scope-invite-read', 'https://docs.docker.com/reference/api/hub/latest/'),
  ListOrgAccessTokens: operation(
    'role:owner',
    'https://docs.docker.com/security/access-tokens/organization-access-tokens/',
  ),
  GetOrgAccessToken: operation(
    'role:owner',
    'https://docs.docker.com/security/access-tokens/organization-access-tokens/',
  ),
  ListPersonalAccessTokens: operation(
    '',
    'https://docs.docker.com/security/access-tokens/personal-access-tokens/',
  ),
  ListAuditLogs: operation('scope-activity-read', `${reference}/AuditLogs_ListAuditLogs/`),
  GetRegistryToken: operation('scope-image-pull', registry),
  GetManifest: operation('scope-image-pull', registry),
  ListReferrers: operation('scope-image-pull', registry),
  ListScoutRepositories: operation('role:member', scout),
  ListScoutImages: operation('role:member', scout),
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof operations;
