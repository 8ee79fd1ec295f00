import { createHash } from 'node:crypto';
import { Refused, type RestCall, type RestReply } from '../rest.ts';
import type { Estate, EstateRegistry, EstateSubscription } from './estate.ts';

/*
 * Formats of Resource Manager: resources, pages and errors.
 */

/** The tenant of the estate. */
export const tenantId = '11111111-1111-1111-1111-111111111111';

/** The Entra token for Resource Manager. */
export const managerToken = 'entra https://management.azure.com/.default';

export function signedIn({ headers, query }: RestCall): void {
  if (headers['authorization'] !== `Bearer ${managerToken}`) {
    throw new Refused({
      status: 401,
      headers: {
        'www-authenticate': 'Bearer authorization_uri="https://login.microsoftonline.com"',
      },
      json: armError('InvalidAuthenticationToken', 'The access token is invalid.'),
    });
  }
  if (!/^\d{4}-\d\d-\d\d(-preview)?$/.test(query.get('api-version') ?? '')) {
    throw new Refused({
      status: 400,
      json: armError('MissingApiVersionParameter', 'The api-version query parameter is required.'),
    });
  }
}

/** Formats an error of Resource Manager. */
export function armError(code: string, message: string): object {
  return { error: { code, message } };
}

export function notFound(code: string, { params }: RestCall): never {
  const what = params['registry'] ?? params['subscription'] ?? '';
  throw new Refused({ status: 404, json: armError(code, `The resource '${what}' was not found.`) });
}

export function subscriptionAt({ subscriptions }: Estate, call: RestCall): EstateSubscription {
  return subscriptions[call.params['subscription'] ?? ''] ?? notFound('SubscriptionNotFound', call);
}

export function registryAt(estate: Estate, call: RestCall): { id: string; held: EstateRegistry } {
  const { subscription = '', group = '', registry = '' } = call.params;
  const { registries } = subscriptionAt(estate, call);
  const wanted = `${group}/${registry}`.toLowerCase();
  const found = Object.entries(registries).find(([path]) => path.toLowerCase() === wanted);
  if (found !== undefined) return { id: registryId(subscription, found[0]), held: found[1] };
  const groups = Object.keys(registries).map((path) => path.split('/')[0]?.toLowerCase());
  return notFound(
    groups.includes(group.toLowerCase()) ? 'ResourceNotFound' : 'ResourceGroupNotFound',
    call,
  );
}

function registryId(subscription: string, path: string): string {
  const [group, name] = path.split('/');
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.ContainerRegistry/registries/${name}`;
}

/** The login server of a registry; the estate can override it. */
export function loginServerOf(path: string, { properties }: EstateRegistry): string {
  return String(properties['loginServer'] ?? `${path.split('/')[1]?.toLowerCase()}.azurecr.io`);
}

export function registryResource(subscription: string, path: string, held: EstateRegistry): object {
  return {
    id: registryId(subscription, path),
    name: path.split('/')[1],
    type: 'Microsoft.ContainerRegistry/registries',
    location: held.location,
    ...(held.tags === undefined ? {} : { tags: held.tags }),
    sku: { name: held.sku, tier: held.sku },
    properties: { loginServer: loginServerOf(path, held), ...held.properties },
  };
}

export function described(estate: Estate, call: RestCall, preview: boolean): object {
  const { id, held } = registryAt(estate, call);
  const [, group, name] = /resourceGroups\/([^/]+)\/.*\/([^/]+)$/.exec(id) ?? [];
  const shown = registryResource(call.params['subscription'] ?? '', `${group}/${name}`, held);
  if (!preview) return shown;
  const { policies } = held.properties;
  const properties = {
    ...(shown as { properties: object }).properties,
    writableCacheRepos: held.writableCaches === true ? 'Enabled' : 'Disabled',
    ...(held.softDelete === undefined
      ? {}
      : { policies: { ...(policies as object), softDeletePolicy: held.softDelete } }),
  };
  return { ...shown, properties };
}

export function resource(folder: string, type: string, name: string, more: object): object {
  return { id: `${folder}/${name}`, name, type, ...more };
}

export function named(entries: Readonly<Record<string, unknown>> = {}): object[] {
  return Object.entries(entries).map(([name, properties]) => ({
    id: `/${name}`,
    name,
    properties,
  }));
}

/** A page with the absolute link to the next one, as in Resource Manager. */
export function paged(
  entries: readonly unknown[],
  { params, query, headers }: RestCall,
  path: string,
  pageSize = Number.MAX_SAFE_INTEGER,
): object {
  const start = Number(query.get('$skiptoken') ?? 0);
  const value = entries.slice(start, start + pageSize);
  if (start + pageSize >= entries.length) return { value };
  const filled = path.replace(/\{(\w+)\}/g, (_, key: string) =>
    encodeURIComponent(params[key] ?? ''),
  );
  const more = new URLSearchParams(query);
  more.set('$skiptoken', String(start + pageSize));
  return { value, nextLink: `https://${headers['host']}${filled}?${more}` };
}

export function digestOf(name: string): string {
  return `sha256:${createHash('sha256').update(name).digest('hex')}`;
}

/** The error responses of Resource Manager for injected faults. */
export const armRefusals: Readonly<Record<'denied' | 'throttled' | 'not-implemented', RestReply>> =
  {
    denied: {
      status: 403,
      json: armError(
        'AuthorizationFailed',
        'The client does not have authorization to perform this action over this scope.',
      ),
    },
    throttled: {
      status: 429,
      headers: { 'retry-after': '1' },
      json: armError('TooManyRequests', 'The request is being throttled.'),
    },
    'not-implemented': { status: 501, json: armError('NotImplemented', 'Not implemented.') },
  };
