import { refusedByHttp } from '../../http/http-errors.ts';
import type { Operation } from '../contract.ts';
import type { HttpOperation } from '../http-api.ts';

/** A GET of the REST API; or, without a path, a look at the wire. */
export interface NexusOperation extends Operation {
  readonly path: string | null;
  /** The privileges of the server that grant it, by name. */
  readonly privileges: readonly string[];
}

type ApiOperation = NexusOperation & HttpOperation;

const help = 'https://help.sonatype.com/en';

/**
 * A 404 is never absence: with an empty body the route is not there, with a JSON body the object is missing
 * or the caller may not see it. 402 is the answer where the licence is missing.
 */
const means = { ...refusedByHttp, '402': 'plan-gated', '404': 'denied-or-absent' } as const;

function operation(
  path: string,
  permission: string,
  privileges: readonly string[],
  page: string,
): ApiOperation {
  return { path, permission, privileges, doc: `${help}/${page}`, means };
}

const settings = ['nx-settings-read'] as const;
const blobStores = ['nx-blobstores-read'] as const;

/** The calls of the API, by their paths below `/service/rest`. */
export const calls = {
  // Answers every caller, but one whose credentials are wrong: even where anonymous access is on.
  getStatus: operation('/v1/status', '', [], 'rest-and-integration-api.html'),
  getApiDescription: operation('/swagger.json', '', [], 'rest-and-integration-api.html'),
  // Leaves out what the caller may not see, without a word.
  listRepositorySettings: operation(
    '/v1/repositorySettings',
    'nexus:repository-admin:*:*:read',
    ['nx-repository-admin-*-*-read'],
    'repositories-api.html',
  ),
  getAnonymous: operation(
    '/v1/security/anonymous',
    'nexus:settings:read',
    settings,
    'anonymous-access.html',
  ),
  listRealms: operation(
    '/v1/security/realms/active',
    'nexus:settings:read',
    settings,
    'realms.html',
  ),
  listUsers: operation('/v1/security/users', 'nexus:users:read', ['nx-users-read'], 'users.html'),
  listRoles: operation('/v1/security/roles', 'nexus:roles:read', ['nx-roles-read'], 'roles.html'),
  listPrivileges: operation(
    '/v1/security/privileges',
    'nexus:privileges:read',
    ['nx-privileges-read'],
    'privileges.html',
  ),
  getStatusChecks: operation(
    '/v1/status/check',
    'nexus:metrics:read',
    ['nx-metrics-all'],
    'status.html',
  ),
  listCapabilities: operation(
    '/v1/capabilities',
    'nexus:capabilities:read',
    ['nx-capabilities-read'],
    'capabilities.html',
  ),
  listTasks: operation('/v1/tasks', 'nexus:tasks:read', ['nx-tasks-read'], 'tasks.html'),
  // There is no route of v1 for the list.
  listCleanupPolicies: operation(
    '/internal/cleanup-policies',
    'nexus:settings:read',
    settings,
    'cleanup-policies.html',
  ),
  listBlobStores: operation(
    '/v1/blobstores',
    'nexus:blobstores:read',
    blobStores,
    'configuring-blob-stores.html',
  ),
  getS3BlobStore: operation(
    '/v1/blobstores/s3/{name}',
    'nexus:blobstores:read',
    blobStores,
    'configuring-blob-stores.html',
  ),
  getGoogleBlobStore: operation(
    '/v1/blobstores/google/{name}',
    'nexus:blobstores:read',
    blobStores,
    'configuring-blob-stores.html',
  ),
  listRoutingRules: operation(
    '/v1/routing-rules',
    'nexus:repository-admin:*:*:read',
    ['nx-repository-admin-*-*-read'],
    'routing-rules.html',
  ),
  getUserTokens: operation(
    '/v1/security/user-tokens',
    'nexus:usertoken-settings:read',
    // The server's own privilege changes these settings too: one that reads has to be made.
    [],
    'user-tokens.html',
  ),
  listLdapServers: operation('/v1/security/ldap', 'nexus:ldap:read', ['nx-ldap-read'], 'ldap.html'),
  getSaml: operation('/v1/security/saml', 'nexus:*', ['nx-all'], 'saml.html'),
  getIpAllowList: operation(
    '/v1/security/ip-allowlist',
    'nexus:settings:read',
    settings,
    'rest-and-integration-api.html',
  ),
  listIpAllowListEntries: operation(
    '/v1/security/ip-allowlist/entries',
    'nexus:settings:read',
    settings,
    'rest-and-integration-api.html',
  ),
  getIq: operation('/v1/iq', 'nexus:settings:read', settings, 'sonatype-repository-firewall.html'),
  // Leaves out what the caller may not browse, without a word.
  listComponents: operation(
    '/v1/components',
    'nexus:repository-view:*:*:browse',
    ['nx-repository-view-*-*-browse'],
    'components-api.html',
  ),
} as const satisfies Readonly<Record<string, ApiOperation>>;

export type NexusCall = keyof typeof calls;

/** What hangs on images is read by the distribution API, below `/repository/{name}`. */
const content: NexusOperation = {
  path: null,
  permission: 'nexus:repository-view:*:*:read',
  privileges: ['nx-repository-view-*-*-read'],
  means,
  doc: `${help}/docker-registry.html`,
};

/** Everything the adapter can do, all of it reads. */
export const operations = {
  ...calls,
  listReferrers: content,
  getManifest: content,
  probeTls: {
    path: null,
    permission: '',
    privileges: [],
    means: refusedByHttp,
    doc: `${help}/ssl.html`,
  },
} as const satisfies Readonly<Record<string, NexusOperation>>;

export type OperationName = keyof typeof operations;
