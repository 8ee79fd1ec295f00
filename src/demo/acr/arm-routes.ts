import type { RestCall, Route } from '../rest.ts';
import {
  described,
  named,
  notFound,
  paged,
  registryAt,
  registryResource,
  resource,
  signedIn,
  subscriptionAt,
  tenantId,
} from './arm-shapes.ts';
import type { Estate } from './estate.ts';
import { graph } from './resource-graph.ts';
import { group, type Listed, of, one, roleRoutes } from './role-routes.ts';

/** The Resource Manager routes that registries need. */
export function armRoutes(estate: Estate): readonly Route[] {
  const route = (
    name: string,
    path: string,
    answer: (call: RestCall) => unknown,
    method: 'GET' | 'POST' = 'GET',
    headers: Readonly<Record<string, string>> = {},
  ): Route => ({
    name,
    method,
    path,
    answer: (call) => {
      signedIn(call);
      return { json: answer(call), headers };
    },
  });
  const listed: Listed = (name, path, entries) =>
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
    route('Subscriptions_Get', of, (call) => {
      subscriptionAt(estate, call);
      const subscriptionId = call.params['subscription'];
      return { id: `/subscriptions/${subscriptionId}`, subscriptionId, tenantId, state: 'Enabled' };
    }),
    ...(['ResourceGraph_Findings', 'ResourceGraph_Registries'] as const).map((name) => ({
      ...route(
        name,
        '/providers/Microsoft.ResourceGraph/resources',
        (call) => graph(estate, call),
        'POST',
        estate.manySubscriptions === true ? { 'x-ms-tenant-subscription-limit-hit': 'true' } : {},
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
      // Stable and preview versions of the API share the path; only the latter include soft delete.
      name: 'Registries_GetPreview',
      method: 'GET',
      path: one,
      only: ({ query }) => query.get('api-version') === '2025-06-01-preview',
      answer: (call) => {
        signedIn(call);
        return { json: described(estate, call, true) };
      },
    },
    {
      name: 'Registries_GetCachePreview',
      method: 'GET',
      path: one,
      only: ({ query }) => query.get('api-version') === '2026-09-01-preview',
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
    route(
      'Tables_Get',
      `${group}/providers/Microsoft.OperationalInsights/workspaces/{workspace}/tables/{table}`,
      (call) => {
        const { subscription, group: within, workspace, table } = call.params;
        const properties = estate.logTables?.[`${subscription}/${within}/${workspace}`];
        if (properties === undefined || table !== 'ContainerRegistryRepositoryEvents') {
          return notFound('ResourceNotFound', call);
        }
        return { id: call.path, name: table, properties };
      },
    ),
    ...roleRoutes(estate, listed),
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
