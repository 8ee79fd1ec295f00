import { createHash } from 'node:crypto';
import { Refused, type RestCall, type RestReply, type Route } from '../rest.ts';
import type { Estate, EstateRegistry, EstateSubscription } from './estate.ts';
import { builtInRoles } from './roles.ts';

/** The token that Entra gives for Resource Manager. */
export const managerToken = 'entra https://management.azure.com/.default';

const of = '/subscriptions/{subscription}';
const one = `${of}/resourceGroups/{group}/providers/Microsoft.ContainerRegistry/registries/{registry}`;

/** Resource Manager, as far as registries need it. */
export function armRoutes(estate: Estate): readonly Route[] {
  const route = (
    name: string,
    path: string,
    answer: (call: RestCall) => unknown,
    method: 'GET' | 'POST' = 'GET',
  ): Route => ({
    name,
    method,
    path,
    answer: (call) => {
      signedIn(call);
      return { json: answer(call) };
    },
  });
  const listed = (name: string, path: string, entries: (call: RestCall) => readonly unknown[]) =>
    route(name, path, (call) => paged(entries(call), call, path, estate.pageSize));
  const children = (name: string, folder: string, key: ChildKey) =>
    listed(name, `${one}/${folder}`, (call) => {
      const { id, held } = registryAt(estate, call);
      return Object.entries(held[key] ?? {}).map(([child, properties]) =>
        resource(`${id}/${folder}`, `Microsoft.ContainerRegistry/registries/${folder}`, child, {
          properties,
        }),
      );
    });

  return [
    listed('Subscriptions_List', '/subscriptions', () =>
      Object.keys(estate.subscriptions).map((subscriptionId) => ({
        id: `/subscriptions/${subscriptionId}`,
        subscriptionId,
        displayName: 'Demo',
        state: 'Enabled',
      })),
    ),
    ...(['ResourceGraph_Findings', 'ResourceGraph_Registries'] as const).map((name) => ({
      ...route(
        name,
        '/providers/Microsoft.ResourceGraph/resources',
        (call) => graph(estate, call),
        'POST',
      ),
      only: ({ body }: Pick<RestCall, 'body'>) =>
        body.includes('securityresources') === (name === 'ResourceGraph_Findings'),
    })),
    listed('Registries_List', `${of}/providers/Microsoft.ContainerRegistry/registries`, (call) => {
      const { registries } = subscriptionAt(estate, call);
      return Object.entries(registries).map(([path, held]) =>
        registryResource(call.params['subscription'] ?? '', path, held),
      );
    }),
    {
      // Stable and preview versions of the API share the path; only the latter tells of soft delete.
      name: 'Registries_GetPreview',
      method: 'GET',
      path: one,
      only: ({ query }) => (query.get('api-version') ?? '').endsWith('-preview'),
      answer: (call) => {
        signedIn(call);
        return { json: described(estate, call, true) };
      },
    },
    route('Registries_Get', one, (call) => described(estate, call, false)),
    children('Tokens_List', 'tokens', 'tokens'),
    children('ScopeMaps_List', 'scopeMaps', 'scopeMaps'),
    listed('Webhooks_List', `${one}/webhooks`, (call) => {
      const { id, held } = registryAt(estate, call);
      return Object.entries(held.webhooks ?? {}).map(([name, { properties }]) =>
        resource(`${id}/webhooks`, 'Microsoft.ContainerRegistry/registries/webhooks', name, {
          location: held.location,
          properties,
        }),
      );
    }),
    route(
      'Webhooks_GetCallbackConfig',
      `${one}/webhooks/{webhook}/getCallbackConfig`,
      (call) => {
        const hook = registryAt(estate, call).held.webhooks?.[call.params['webhook'] ?? ''];
        return hook === undefined ? notFound('ResourceNotFound', call) : hook.callback;
      },
      'POST',
    ),
    listed('Replications_List', `${one}/replications`, (call) => {
      const { id, held } = registryAt(estate, call);
      return Object.entries(held.replications ?? {}).map(([name, more]) =>
        resource(
          `${id}/replications`,
          'Microsoft.ContainerRegistry/registries/replications',
          name,
          {
            ...more,
          },
        ),
      );
    }),
    children('CacheRules_List', 'cacheRules', 'cacheRules'),
    children('CredentialSets_List', 'credentialSets', 'credentialSets'),
    children('ConnectedRegistries_List', 'connectedRegistries', 'connectedRegistries'),
    children('Tasks_List', 'tasks', 'tasks'),
    listed(
      'DiagnosticSettings_List',
      `${one}/providers/Microsoft.Insights/diagnosticSettings`,
      (call) => named(registryAt(estate, call).held.diagnosticSettings),
    ),
    listed(
      'SubscriptionDiagnosticSettings_List',
      `${of}/providers/Microsoft.Insights/diagnosticSettings`,
      (call) => named(subscriptionAt(estate, call).activityLog),
    ),
    listed(
      'RoleAssignments_ListForScope',
      `${one}/providers/Microsoft.Authorization/roleAssignments`,
      (call) => {
        const { id, held } = registryAt(estate, call);
        return (held.roleAssignments ?? []).map((assignment, index) => ({
          id: `${assignment.scope ?? id}/providers/Microsoft.Authorization/roleAssignments/${index}`,
          properties: {
            roleDefinitionId: `/subscriptions/${call.params['subscription']}/providers/Microsoft.Authorization/roleDefinitions/${assignment.role}`,
            principalId: assignment.principal,
            principalType: assignment.type,
            scope: assignment.scope ?? id,
            ...(assignment.condition === undefined
              ? {}
              : { condition: assignment.condition, conditionVersion: '2.0' }),
          },
        }));
      },
    ),
    listed(
      'RoleDefinitions_List',
      `${of}/providers/Microsoft.Authorization/roleDefinitions`,
      (call) =>
        Object.entries({ ...builtInRoles, ...subscriptionAt(estate, call).customRoles }).map(
          ([id, properties]) => ({
            id: `/subscriptions/${call.params['subscription']}/providers/Microsoft.Authorization/roleDefinitions/${id}`,
            name: id,
            properties,
          }),
        ),
    ),
    listed(
      'PolicyAssignments_List',
      `${of}/providers/Microsoft.Authorization/policyAssignments`,
      (call) => named(subscriptionAt(estate, call).policyAssignments),
    ),
    listed('Pricings_List', `${of}/providers/Microsoft.Security/pricings`, (call) =>
      named(subscriptionAt(estate, call).pricings),
    ),
  ];
}

type ChildKey =
  | 'tokens'
  | 'scopeMaps'
  | 'cacheRules'
  | 'credentialSets'
  | 'connectedRegistries'
  | 'tasks';

function signedIn({ headers, query }: RestCall): void {
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

/** An error as Resource Manager words it. */
export function armError(code: string, message: string): object {
  return { error: { code, message } };
}

function notFound(code: string, { params }: RestCall): never {
  const what = params['registry'] ?? params['subscription'] ?? '';
  throw new Refused({ status: 404, json: armError(code, `The resource '${what}' was not found.`) });
}

function subscriptionAt({ subscriptions }: Estate, call: RestCall): EstateSubscription {
  return subscriptions[call.params['subscription'] ?? ''] ?? notFound('SubscriptionNotFound', call);
}

function registryAt(estate: Estate, call: RestCall): { id: string; held: EstateRegistry } {
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

/** The login server of a registry; the estate may say another one. */
export function loginServerOf(path: string, { properties }: EstateRegistry): string {
  return String(properties['loginServer'] ?? `${path.split('/')[1]?.toLowerCase()}.azurecr.io`);
}

function registryResource(subscription: string, path: string, held: EstateRegistry): object {
  return {
    id: registryId(subscription, path),
    name: path.split('/')[1],
    type: 'Microsoft.ContainerRegistry/registries',
    location: held.location,
    sku: { name: held.sku, tier: held.sku },
    properties: { loginServer: loginServerOf(path, held), ...held.properties },
  };
}

function described(estate: Estate, call: RestCall, preview: boolean): object {
  const { id, held } = registryAt(estate, call);
  const [, group, name] = /resourceGroups\/([^/]+)\/.*\/([^/]+)$/.exec(id) ?? [];
  const shown = registryResource(call.params['subscription'] ?? '', `${group}/${name}`, held);
  if (!preview || held.softDelete === undefined) return shown;
  const policies = {
    ...(held.properties['policies'] as object),
    softDeletePolicy: held.softDelete,
  };
  const properties = { ...(shown as { properties: object }).properties, policies };
  return { ...shown, properties };
}

function resource(folder: string, type: string, name: string, more: object): object {
  return { id: `${folder}/${name}`, name, type, ...more };
}

function named(entries: Readonly<Record<string, unknown>> = {}): object[] {
  return Object.entries(entries).map(([name, properties]) => ({
    id: `/${name}`,
    name,
    properties,
  }));
}

/** A page and the link to the next one: absolute, as Resource Manager writes it. */
function paged(
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

/** Resource Graph answers two questions here: where registries are, and what Defender found in images. */
function graph(estate: Estate, call: RestCall): object {
  const asked: {
    query: string;
    subscriptions?: string[];
    options?: { $skipToken?: string };
  } = JSON.parse(call.body);
  const within = Object.entries(estate.subscriptions).filter(
    ([id]) => asked.subscriptions === undefined || asked.subscriptions.includes(id),
  );
  const rows = asked.query.startsWith('securityresources')
    ? within.flatMap(([, { findings = [] }]) =>
        findings.map(({ image, severity, found }) => ({
          image: JSON.stringify({ source: 'azure', id: `/images/${digestOf(image)}` }),
          severity,
          found,
        })),
      )
    : within
        .filter(([, { registries }]) => Object.keys(registries).length > 0)
        .map(([subscriptionId]) => ({ subscriptionId }));
  return graphPage(rows, Number(asked.options?.$skipToken ?? 0), estate.pageSize);
}

function graphPage(rows: readonly object[], start: number, pageSize = rows.length + 1): object {
  const data = rows.slice(start, start + pageSize);
  const next = start + pageSize;
  return {
    totalRecords: rows.length,
    count: data.length,
    data,
    facets: [],
    resultTruncated: next < rows.length ? 'true' : 'false',
    ...(next < rows.length ? { $skipToken: String(next) } : {}),
  };
}

export function digestOf(name: string): string {
  return `sha256:${createHash('sha256').update(name).digest('hex')}`;
}

/** How Resource Manager words the refusals that a fault may bring about. */
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
