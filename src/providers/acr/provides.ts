import {
  always,
  ceiling,
  notExposed,
  type Provides,
  partly,
  reads,
  unsupported,
} from '../contract.ts';
import type { OperationName } from './operations.ts';

const guide = 'https://learn.microsoft.com/en-us/azure/container-registry';
const authentication = `${guide}/container-registry-authentication`;

const roles = [
  'RoleAssignments_ListForScope',
  'RoleEligibilityScheduleInstances_List',
  'RegistrationAssignments_List',
  'RegistrationAssignments_ListForGroup',
  'RoleDefinitions_List',
] as const;
const denials = 'DenyAssignments_List';
const directory = [
  'Subscriptions_Get',
  'Directory_GetByIds',
  'Groups_ListTransitiveMembers',
] as const;
const tokens = ['Tokens_List', 'ScopeMaps_List'] as const;
const images = ['Tags_List', 'Manifests_List', 'Referrers_List'] as const;

export const hiddenTaskLogins = notExposed(
  'the API does not return every login that a task stores: some secrets are left out of its answer',
  `${guide}/container-registry-tasks-reference-yaml`,
  'look at the definition of each task (az acr task credential list) for logins that do not end and secrets in its steps',
);

/** Where every fact of the model comes from in an Azure container registry. */
export const provides = {
  registry: {
    anonymousPush: always({ mode: 'refused' }, `${guide}/anonymous-pull-access`),
    anonymousCatalog: reads('anonymousPullEnabled', 'Registries_Get'),
    sharedLogin: reads('adminUserEnabled', 'Registries_Get'),
    signIn: reads('adminUserEnabled', 'Registries_Get'),
    selfRegistration: always({ mode: 'off' }, authentication),
    credentials: reads('credentials.passwords', 'Registries_Get', ...tokens),
    credentialUse: unsupported('ACR does not record when a token was last used'),
    administrators: reads('roleDefinitionId', ...roles, denials),
    projectCreation: always({ mode: 'limited', to: 'whoever may push' }, authentication),
    networkAccess: reads('publicNetworkAccess, networkRuleSet', 'Registries_Get'),
    privateEndpoints: reads('privateEndpointConnections', 'Registries_Get'),
    networkBypass: reads('networkRuleBypassOptions', 'Registries_Get'),
    transport: always(
      { mode: 'https-only', minimumVersion: '1.2', certificateEnds: null },
      `${guide}/container-registry-faq`,
    ),
    auditLog: reads('logs', 'DiagnosticSettings_List', 'SubscriptionDiagnosticSettings_List'),
    auditExport: reads('workspaceId, storageAccountId', 'DiagnosticSettings_List'),
    auditRetention: reads('logs, totalRetentionInDays', 'DiagnosticSettings_List', 'Tables_Get'),
    upstreams: reads('sourceRepository', 'CacheRules_List'),
    version: unsupported('ACR is run by Microsoft: there is no version to choose'),
    newRepositories: reads(
      'anonymousPullEnabled, extensions',
      'Registries_Get',
      'Pricings_List',
      'CacheRules_List',
      'Registries_GetCachePreview',
    ),
    directory: unsupported(
      'people sign in through Microsoft Entra ID, which is no directory of the registry',
    ),
    dataExport: reads('exportPolicy', 'Registries_Get'),
    buildTasks: partly(reads('credentials, step', 'Tasks_List'), hiddenTaskLogins),
    edgeRegistries: reads('mode, loginServer, logging', 'ConnectedRegistries_List'),
    legacyStorage: unsupported('no registry service came before ACR'),
    settingsInForce: reads(
      'trustPolicy, credentialHealth',
      'Registries_Get',
      'CacheRules_List',
      'CredentialSets_List',
    ),
    labels: reads('tags', 'Registries_Get'),
  },
  repository: {
    publicPull: reads('anonymousPullEnabled', 'Registries_Get'),
    pushers: reads('roleDefinitionId, actions', 'Registries_Get', ...roles, denials, ...tokens),
    deleters: reads('roleDefinitionId, actions', 'Registries_Get', ...roles, denials, ...tokens),
    outsideAccess: reads(
      'userType, appOwnerOrganizationId',
      'Registries_Get',
      ...roles,
      ...directory,
    ),
    webhooks: reads('serviceUri', 'Webhooks_List', 'Webhooks_GetCallbackConfig'),
    pushScan: reads('extensions', 'Pricings_List', 'Registries_Get'),
    rescan: reads('extensions', 'Pricings_List', 'Registries_Get'),
    scanGate: ceiling(
      reads('quarantinePolicy, extensions', 'Registries_Get', 'Pricings_List'),
      { mode: 'reports-only' },
      'the API does not tell by which rule quarantine or gated deployment refuses an image',
      'check that a rule of gated deployment (Defender for Cloud, security rules) denies vulnerable images in every cluster',
    ),
    recentScans: reads(
      'severity',
      'ResourceGraph_Findings',
      'Tags_List',
      'Manifests_List',
      'Pricings_List',
      'Registries_Get',
    ),
    scanExceptions: unsupported(
      'ACR has no list of vulnerabilities to let through; rules of Defender are not the registry’s',
    ),
    signing: reads('trustPolicy', 'Registries_Get'),
    signatureGate: ceiling(
      reads('policyDefinitionId', 'PolicyAssignments_List'),
      { mode: 'audit-only' },
      'Azure Policy reports images without a valid signature; what refuses them is in the cluster',
      'check that image integrity or the admission control of each cluster denies images without a valid signature',
    ),
    recentSignatures: reads('artifactType', ...images),
    recentAttestations: reads('artifactType', ...images),
    recentCandidates: reads('layers[]', ...images),
    tagDigests: reads('tags[].digest', 'Tags_List'),
    tagLock: reads('changeableAttributes', 'Repository_GetProperties', 'Tags_List'),
    contentOrigin: reads(
      'targetRepository, writableCacheRepos',
      'CacheRules_List',
      'Registries_GetCachePreview',
    ),
    retention: reads('retentionPolicy', 'Registries_Get', 'Tasks_List', 'Manifests_List'),
    garbageCollection: always({ mode: 'none' }, `${guide}/container-registry-retention-policy`),
    recovery: reads('softDeletePolicy', 'Registries_GetPreview', 'Repository_GetProperties'),
    encryption: reads('encryption', 'Registries_Get', 'Keys_Get'),
    replication: reads('location', 'Registries_Get', 'Replications_List'),
    replicationTargets: unsupported(
      'the replicas of an ACR registry belong to it, and it copies images to no other',
    ),
    replicaSettings: reads(
      'location',
      'Registries_Get',
      'Replications_List',
      'Repository_GetProperties',
      'Tags_List',
    ),
    labels: unsupported('only the registry has tags'),
  },
} as const satisfies Provides<OperationName>;
