import type { Operation } from '../contract.ts';
import type { HttpOperation } from '../http-api.ts';
import { refused } from './refusals.ts';

type Means = Operation['means'];

const learn = 'https://learn.microsoft.com/en-us';

function operation(permission: string, doc: string, means: Means = {}): Operation {
  return { permission, doc: `${learn}/${doc}`, means: { ...refused, ...means } };
}

/** A read of Microsoft.ContainerRegistry through the SDK. */
const registries = (permission: string, page: string) =>
  operation(
    `Microsoft.ContainerRegistry/registries/${permission}`,
    `rest/api/container-registry/${page}`,
  );

/** What of the registry's own API opens its content, and the page on it. */
const data = (permission: string, page: string, means: Means = {}) =>
  operation(`Microsoft.ContainerRegistry/registries/${permission}`, page, means);

/** A repository that was listed a moment ago. */
const gone: Means = { '404': 'inconclusive' };

/** The registry's own API, by its paths. */
export const dataOperations = {
  Catalog_List: {
    path: '/acr/v1/_catalog',
    ...data('catalog/read', 'rest/api/containerregistry/repository/get-list'),
  },
  Repository_GetProperties: {
    path: '/acr/v1/{repository+}',
    ...data(
      'repositories/metadata/read',
      'rest/api/containerregistry/repository/get-attributes',
      gone,
    ),
  },
  Tags_List: {
    path: '/acr/v1/{repository+}/_tags',
    ...data('repositories/metadata/read', 'rest/api/containerregistry/tag/get-list', gone),
  },
  Manifests_List: {
    path: '/acr/v1/{repository+}/_manifests',
    ...data('repositories/metadata/read', 'rest/api/containerregistry/manifests/get-list', gone),
  },
} as const satisfies Readonly<Record<string, HttpOperation>>;

export type DataOperation = keyof typeof dataOperations;

/** An application permission of Microsoft Graph. No Azure role contains it. */
export const directoryPermission = 'Directory.Read.All';

/** Every call the adapter can make, all of them reads. */
export const operations = {
  Subscriptions_List: operation(
    'Microsoft.Resources/subscriptions/read',
    'rest/api/resources/subscriptions/list',
  ),
  Subscriptions_Get: operation(
    'Microsoft.Resources/subscriptions/read',
    'rest/api/resources/subscriptions/get',
  ),
  ResourceGraph_Registries: operation(
    'Microsoft.ContainerRegistry/registries/read',
    'rest/api/azureresourcegraph/resourcegraph/resources/resources',
  ),
  ResourceGraph_Findings: operation(
    'Microsoft.Security/assessments/read',
    'rest/api/azureresourcegraph/resourcegraph/resources/resources',
  ),
  Registries_List: registries('read', 'registries/list'),
  Registries_Get: registries('read', 'registries/get'),
  Registries_GetPreview: registries('read', 'registries/get'),
  Registries_GetCachePreview: operation(
    'Microsoft.ContainerRegistry/registries/read',
    'rest/api/container-registry/registries/get',
    // A cloud without this version of the API has no repositories of that kind.
    { NoRegisteredProviderFound: 'absent' },
  ),
  Tokens_List: registries('tokens/read', 'tokens/list'),
  ScopeMaps_List: registries('scopeMaps/read', 'scope-maps/list'),
  Webhooks_List: registries('webhooks/read', 'webhooks/list'),
  Webhooks_GetCallbackConfig: registries(
    'webhooks/getCallbackConfig/action',
    'webhooks/get-callback-config',
  ),
  Replications_List: registries('replications/read', 'replications/list'),
  CacheRules_List: registries('cacheRules/read', 'cache-rules/list'),
  CredentialSets_List: registries('credentialSets/read', 'credential-sets/list'),
  ConnectedRegistries_List: registries('connectedRegistries/read', 'connected-registries/list'),
  Tasks_List: registries('tasks/read', 'tasks/list'),
  DiagnosticSettings_List: operation(
    'Microsoft.Insights/diagnosticSettings/read',
    'rest/api/monitor/diagnostic-settings/list',
  ),
  SubscriptionDiagnosticSettings_List: operation(
    'Microsoft.Insights/diagnosticSettings/read',
    'rest/api/monitor/subscription-diagnostic-settings/list',
  ),
  Tables_Get: operation(
    'Microsoft.OperationalInsights/workspaces/tables/read',
    'rest/api/loganalytics/tables/get',
  ),
  RoleAssignments_ListForScope: operation(
    'Microsoft.Authorization/roleAssignments/read',
    'rest/api/authorization/role-assignments/list-for-scope',
  ),
  RoleEligibilityScheduleInstances_List: operation(
    'Microsoft.Authorization/roleEligibilityScheduleInstances/read',
    'rest/api/authorization/role-eligibility-schedule-instances/list-for-scope',
    // Without this license, no role in the tenant can be activated.
    { AadPremiumLicenseRequired: 'absent' },
  ),
  DenyAssignments_List: operation(
    'Microsoft.Authorization/denyAssignments/read',
    'rest/api/authorization/deny-assignments/list-for-scope',
    // A cloud without them denies nothing.
    { '404': 'absent' },
  ),
  RegistrationAssignments_List: operation(
    'Microsoft.ManagedServices/registrationAssignments/read',
    'rest/api/managedservices/registration-assignments/list',
  ),
  RegistrationAssignments_ListForGroup: operation(
    'Microsoft.ManagedServices/registrationAssignments/read',
    'rest/api/managedservices/registration-assignments/list',
  ),
  Directory_GetByIds: operation(directoryPermission, 'graph/api/directoryobject-getbyids'),
  Groups_ListTransitiveMembers: operation(
    directoryPermission,
    'graph/api/group-list-transitivemembers',
  ),
  RoleDefinitions_List: operation(
    'Microsoft.Authorization/roleDefinitions/read',
    'rest/api/authorization/role-definitions/list',
  ),
  PolicyAssignments_List: operation(
    'Microsoft.Authorization/policyAssignments/read',
    'rest/api/policy-authorization/policy-assignments/list',
  ),
  Pricings_List: operation(
    'Microsoft.Security/pricings/read',
    'rest/api/defenderforcloud-composite/pricings/list',
  ),
  Keys_Get: operation(
    'Microsoft.KeyVault/vaults/keys/read',
    'rest/api/keyvault/keys/get-key/get-key',
  ),
  Oauth2_Exchange: operation('', 'azure/container-registry/container-registry-authentication'),
  Oauth2_Token: operation('', 'azure/container-registry/container-registry-authentication'),
  ...dataOperations,
  Referrers_List: data(
    'repositories/content/read',
    'azure/container-registry/container-registry-manage-artifact',
  ),
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof operations;
