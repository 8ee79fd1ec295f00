import { Refused, type RestCall, type RestReply, type Route } from '../rest.ts';
import {
  blobStoreOf,
  capabilityOf,
  cleanupPolicyOf,
  ldapServerOf,
  repositoryOf,
  statusChecksOf,
  taskOf,
  userOf,
} from './defaults.ts';
import type { Estate, Fields } from './estate.ts';
import { imageRoutes } from './images.ts';
import { privilegesOf, rightsOf, rolesOf } from './rights.ts';

const rest = '/service/rest';

/** A route that the release does not have, and a refusal: both without a word. */
const nothing = (status: number): RestReply => ({ status, text: '' });

/** The server's answer where an object is missing, or hidden from the caller. */
const missing = (message: string): RestReply => ({
  status: 404,
  json: { id: '*', message: `"${message}"` },
});

/** The routes of a server, each for a caller that has signed in. */
export function routesOf(
  estate: Estate,
  userIn: (call: RestCall) => string,
  root: () => string,
): readonly Route[] {
  const route = (
    name: string,
    path: string,
    permission: string | null,
    answer: (call: RestCall, may: (wanted: string) => boolean) => RestReply,
  ): Route => ({
    name,
    method: 'GET',
    path: `${rest}${path}`,
    answer: (call) => {
      const may = rightsOf(estate, userIn(call));
      if (permission !== null && !may(permission)) throw new Refused(nothing(403));
      return answer(call, may);
    },
  });
  const optional = (name: string, path: string, permission: string, held: unknown): Route =>
    held === undefined || held === null
      ? route(name, path, null, () => nothing(404))
      : route(name, path, permission, () => ({ json: held }));
  const settings = 'nexus:settings:read';
  const bucket = (name: string, kind: 's3' | 'google') =>
    route(name, `/v1/blobstores/${kind}/{name}`, 'nexus:blobstores:read', ({ params }) => {
      const found = estate[kind]?.[params['name'] ?? ''];
      return found === undefined
        ? missing(`${params['name']} is not such a blob store.`)
        : { json: found };
    });
  return [
    route('getStatus', '/v1/status', null, () => nothing(200)),
    route('getApiDescription', '/swagger.json', null, () => ({
      json: {
        swagger: '2.0',
        info: { version: estate.release, title: 'Nexus Repository Manager REST API' },
        basePath: `${rest}/`,
      },
    })),
    route('listRepositorySettings', '/v1/repositorySettings', null, (_, may) => ({
      json: estate.repositories
        .filter(({ format, name }) => may(`nexus:repository-admin:${format}:${name}:read`))
        .map((one) => repositoryOf(one, root())),
    })),
    route('getAnonymous', '/v1/security/anonymous', settings, () => ({ json: estate.anonymous })),
    route('listRealms', '/v1/security/realms/active', settings, () => ({ json: estate.realms })),
    route('listUsers', '/v1/security/users', 'nexus:users:read', () => ({
      json: estate.users.map(userOf),
    })),
    route('listRoles', '/v1/security/roles', 'nexus:roles:read', () => ({ json: rolesOf(estate) })),
    route('listPrivileges', '/v1/security/privileges', 'nexus:privileges:read', () => ({
      json: privilegesOf(estate),
    })),
    route('getStatusChecks', '/v1/status/check', 'nexus:metrics:read', () => ({
      json: statusChecksOf(estate.statusChecks),
    })),
    optional(
      'listCapabilities',
      '/v1/capabilities',
      'nexus:capabilities:read',
      listIn(estate.capabilities)?.map(capabilityOf),
    ),
    route('listTasks', '/v1/tasks', 'nexus:tasks:read', ({ query }) =>
      continued(
        estate,
        query,
        estate.tasks.map((one) => taskOf(one, estate.asOf)),
      ),
    ),
    route('listCleanupPolicies', '/internal/cleanup-policies', settings, () => ({
      json: estate.cleanupPolicies.map(cleanupPolicyOf),
    })),
    route('listBlobStores', '/v1/blobstores', 'nexus:blobstores:read', () => ({
      json: estate.blobStores.map(blobStoreOf),
    })),
    bucket('getS3BlobStore', 's3'),
    bucket('getGoogleBlobStore', 'google'),
    route('listRoutingRules', '/v1/routing-rules', null, (_, may) =>
      estate.repositories.some(({ format, name }) =>
        may(`nexus:repository-admin:${format}:${name}:read`),
      )
        ? { json: estate.routingRules ?? [] }
        : nothing(403),
    ),
    optional(
      'getUserTokens',
      '/v1/security/user-tokens',
      'nexus:usertoken-settings:read',
      estate.userTokens,
    ),
    optional(
      'listLdapServers',
      '/v1/security/ldap',
      'nexus:ldap:read',
      listIn(estate.ldap)?.map(ldapServerOf),
    ),
    optional('getSaml', '/v1/security/saml', 'nexus:*:*', estate.saml),
    ...allowListRoutes(estate, route, optional),
    optional('getIq', '/v1/iq', settings, estate.iq),
    ...imageRoutes(
      estate,
      (call, wanted) => rightsOf(estate, userIn(call))(wanted),
      (query, all) => continued(estate, query, all),
    ),
  ];
}

type RouteOf = (
  name: string,
  path: string,
  permission: string | null,
  answer: (call: RestCall) => RestReply,
) => Route;
type OptionalOf = (name: string, path: string, permission: string, held: unknown) => Route;

function allowListRoutes(estate: Estate, route: RouteOf, optional: OptionalOf): readonly Route[] {
  const path = '/v1/security/ip-allowlist';
  const settings = 'nexus:settings:read';
  const list = estate.ipAllowList;
  if (list === undefined || list === null) {
    return [
      optional('getIpAllowList', path, settings, null),
      optional('listIpAllowListEntries', `${path}/entries`, settings, null),
    ];
  }
  const { entries = [], ...modes }: { readonly entries?: readonly string[] } = list;
  return [
    optional('getIpAllowList', path, settings, { totalEntries: entries.length, ...modes }),
    route('listIpAllowListEntries', `${path}/entries`, settings, ({ query }) => {
      const page = Number(query.get('page') ?? 0);
      const pageSize = Math.min(Number(query.get('pageSize') ?? 20), estate.pageSize ?? 100);
      return {
        json: {
          entries: entries
            .slice(page * pageSize, (page + 1) * pageSize)
            .map((entry, index) => ({ id: `${page}-${index}`, entry, entryType: 'CIDR_IPV4' })),
          page,
          pageSize,
          totalEntries: entries.length,
          totalPages: Math.ceil(entries.length / pageSize),
        },
      };
    }),
  ];
}

function continued(estate: Estate, query: URLSearchParams, all: readonly Fields[]): RestReply {
  const size = estate.pageSize ?? 100;
  const start = Number(query.get('continuationToken') ?? 0);
  const next = start + size;
  return {
    json: {
      items: all.slice(start, next),
      continuationToken: next < all.length ? String(next) : null,
    },
  };
}

function listIn(value: unknown): readonly Fields[] | undefined {
  return Array.isArray(value) ? value : undefined;
}
