/*
 * What each permission of Microsoft.ContainerRegistry lets its holder do to images, and which permissions
 * of other services lead there (Azure resource provider operations, Microsoft.ContainerRegistry).
 */

/**
 * `move-tag`: a tag can be pointed at another image that is there. `shared-password`: reads or renews the
 * passwords of the admin user. `administer`: changes the settings of the registry, or gives
 * roles; `give-roles`: any role, so that no other can be kept from the holder.
 */
export type Effect =
  | 'push'
  | 'move-tag'
  | 'delete'
  | 'administer'
  | 'give-roles'
  | 'shared-password'
  | 'pull'
  | 'read'
  | 'nothing';

export const service = 'Microsoft.ContainerRegistry/';

/** Whoever runs steps in the registry pushes and deletes by them. */
const runs: readonly Effect[] = ['push', 'delete'];

/** By name without the service. */
export const permissions: Readonly<Record<string, readonly Effect[]>> = {
  'registries/push/write': ['push'],
  'registries/repositories/content/write': ['push'],
  'registries/importImage/action': ['push'],
  'registries/importPipelines/write': ['push'],
  'registries/pipelineRuns/write': ['push'],
  // Brings images of any upstream in, under a name of the holder's choice.
  'registries/cacheRules/write': ['push'],
  // A writable copy sends what is pushed to it on to its parent.
  'registries/connectedRegistries/write': ['push'],
  'registries/buildTasks/write': ['push'],
  'registries/buildTasks/steps/write': ['push'],
  'registries/builds/write': ['push'],
  'registries/queueBuild/action': ['push'],
  // Restoring a tag can replace the one that is there.
  'registries/deleted/restore/action': ['move-tag'],
  'registries/scheduleRun/action': runs,
  'registries/taskruns/write': runs,
  'registries/tasks/write': runs,
  // Passwords of tokens; certificates of tokens; what a token may do.
  'registries/generateCredentials/action': ['push', 'delete'],
  'registries/tokens/write': ['push', 'delete'],
  'registries/scopeMaps/write': ['push', 'delete'],
  'registries/listCredentials/action': ['shared-password'],
  'registries/regenerateCredential/action': ['shared-password'],

  'registries/delete': ['delete'],
  'registries/artifacts/delete': ['delete'],
  'registries/repositories/content/delete': ['delete'],
  'registries/repositories/metadata/delete': ['delete'],

  'registries/write': ['administer'],
  'registries/updatePolicies/write': ['administer'],

  'registries/pull/read': ['pull'],
  'registries/repositories/content/read': ['pull'],
  'registries/quarantine/read': ['pull'],
  'registries/quarantinedArtifacts/read': ['pull'],
  // Copies images to a storage account of the holder's choice.
  'registries/exportPipelines/write': ['pull'],
  ...each('read', [
    'registries/read',
    'registries/catalog/read',
    'registries/metadata/read',
    'registries/repositories/metadata/read',
    'registries/listPolicies/read',
    'registries/listUsages/read',
    'registries/agentpools/read',
    'registries/agentpools/listQueueStatus/action',
    'registries/buildTasks/read',
    'registries/buildTasks/listSourceRepositoryProperties/action',
    'registries/buildTasks/steps/read',
    'registries/buildTasks/steps/listBuildArguments/action',
    'registries/builds/read',
    'registries/builds/getLogLink/action',
    'registries/cacheRules/read',
    'registries/connectedRegistries/read',
    'registries/credentialSets/read',
    'registries/deleted/read',
    'registries/eventGridFilters/read',
    'registries/exportPipelines/read',
    'registries/importPipelines/read',
    'registries/packages/archives/read',
    'registries/packages/archives/versions/read',
    'registries/pipelineRuns/read',
    'registries/privateEndpointConnectionProxies/read',
    'registries/privateEndpointConnections/read',
    'registries/providers/Microsoft.Insights/diagnosticSettings/read',
    'registries/replications/read',
    'registries/runs/read',
    'registries/runs/listLogSasUrl/action',
    'registries/scopeMaps/read',
    'registries/taskruns/read',
    'registries/taskruns/listDetails/action',
    'registries/tasks/read',
    'registries/tasks/listDetails/action',
    'registries/tokens/read',
    'registries/webhooks/read',
    'registries/webhooks/getCallbackConfig/action',
    'registries/webhooks/listEvents/action',
  ]),
  ...each('nothing', [
    'checkNameAvailability/read',
    'locations/deleteVirtualNetworkOrSubnets/action',
    'locations/operationResults/read',
    'operations/read',
    'register/action',
    'unregister/action',
    'registries/agentpools/delete',
    'registries/agentpools/write',
    'registries/agentpools/operationResults/status/read',
    'registries/agentpools/operationStatuses/read',
    'registries/buildTasks/delete',
    'registries/buildTasks/steps/delete',
    'registries/builds/cancel/action',
    'registries/cacheRules/delete',
    'registries/cacheRules/operationStatuses/read',
    'registries/connectedRegistries/deactivate/action',
    'registries/connectedRegistries/delete',
    'registries/connectedRegistries/resync/action',
    'registries/credentialSets/delete',
    'registries/credentialSets/write',
    'registries/credentialSets/operationStatuses/read',
    'registries/eventGridFilters/delete',
    'registries/eventGridFilters/write',
    'registries/exportPipelines/delete',
    // The context of a build, which only a run makes an image of.
    'registries/getBuildSourceUploadUrl/action',
    'registries/listBuildSourceUploadUrl/action',
    'registries/importPipelines/delete',
    // Locks and unlocks; neither writes an image nor deletes one.
    'registries/metadata/write',
    'registries/repositories/metadata/write',
    'registries/operationStatuses/read',
    // Archives of packages are no images.
    'registries/packages/archives/delete',
    'registries/packages/archives/write',
    'registries/packages/archives/versions/delete',
    'registries/packages/archives/versions/write',
    'registries/packages/archives/versions/operationStatuses/read',
    'registries/pipelineRuns/delete',
    'registries/pipelineRuns/operationStatuses/read',
    'registries/privateEndpointConnectionProxies/delete',
    'registries/privateEndpointConnectionProxies/operationStatuses/read',
    'registries/privateEndpointConnectionProxies/validate/action',
    'registries/privateEndpointConnectionProxies/write',
    'registries/privateEndpointConnections/delete',
    'registries/privateEndpointConnections/operationStatuses/read',
    'registries/privateEndpointConnections/write',
    'registries/privateEndpointConnectionsApproval/action',
    'registries/providers/Microsoft.Insights/diagnosticSettings/write',
    'registries/providers/Microsoft.Insights/logDefinitions/read',
    'registries/providers/Microsoft.Insights/metricDefinitions/read',
    // Lets a pushed image out of quarantine.
    'registries/quarantine/write',
    'registries/quarantinedArtifacts/write',
    'registries/replications/delete',
    'registries/replications/write',
    'registries/replications/operationStatuses/read',
    'registries/runs/cancel/action',
    'registries/runs/write',
    'registries/scopeMaps/delete',
    'registries/scopeMaps/operationStatuses/read',
    // Trust data of the retired Docker Content Trust.
    'registries/sign/write',
    'registries/trustedCollections/write',
    'registries/taskruns/delete',
    'registries/taskruns/operationStatuses/read',
    'registries/tasks/delete',
    'registries/tokens/delete',
    'registries/tokens/operationStatuses/read',
    'registries/webhooks/delete',
    'registries/webhooks/operationStatuses/read',
    'registries/webhooks/ping/action',
    'registries/webhooks/write',
  ]),
};

/** Data actions; every other permission is an action of the control plane. */
export const dataActions: ReadonlySet<string> = new Set([
  'registries/catalog/read',
  'registries/quarantinedArtifacts/read',
  'registries/quarantinedArtifacts/write',
  'registries/repositories/content/delete',
  'registries/repositories/content/read',
  'registries/repositories/content/write',
  'registries/repositories/metadata/delete',
  'registries/repositories/metadata/read',
  'registries/repositories/metadata/write',
  'registries/trustedCollections/write',
]);

/** Without effect where roles can be limited to repositories (rbac-abac guide). */
export const legacyAlone: ReadonlySet<string> = new Set([
  'registries/artifacts/delete',
  'registries/metadata/read',
  'registries/pull/read',
  'registries/push/write',
]);

/** The permission of another service whose conditions can limit which roles are given. */
export const givesRoles = 'Microsoft.Authorization/roleAssignments/write';

/**
 * Permissions of other services by which somebody gives himself, or others, any role. Delegating to another
 * tenant takes the first of them besides its own (Azure Lighthouse, onboard-customer).
 */
export const detours: readonly string[] = [
  givesRoles,
  'Microsoft.Authorization/roleDefinitions/write',
  // Roles for a time, and the right to activate one (Privileged Identity Management).
  'Microsoft.Authorization/roleAssignmentScheduleRequests/write',
  'Microsoft.Authorization/roleEligibilityScheduleRequests/write',
];

function each(effect: Effect, names: readonly string[]): Record<string, readonly Effect[]> {
  return Object.fromEntries(names.map((name) => [name, [effect]]));
}
