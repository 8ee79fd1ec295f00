import { always, type Provides, reads, unsupported } from '../contract.ts';
import type { OperationName } from './operations.ts';

const guide = 'https://docs.cloud.google.com/artifact-registry/docs';

const inherited = [
  'GetProjectIamPolicy',
  'GetAncestry',
  'GetFolderIamPolicy',
  'GetOrganizationIamPolicy',
  'GetRole',
] as const;
const effective = ['GetRepositoryIamPolicy', ...inherited] as const;
const actors = [...effective, 'GetProject', 'GetServiceAccountIamPolicy'] as const;
const perimeter = [
  'GetAncestry',
  'GetProject',
  'ListAccessPolicies',
  'ListServicePerimeters',
] as const;
const sinks = ['ListSinks', 'GetAncestry'] as const;
const nothingHeld = ['ListDockerImages', 'ListRepositories'] as const;

/** Where every fact of the model comes from in Artifact Registry. */
export const provides = {
  registry: {
    anonymousPush: reads('bindings[].members', ...effective, 'ListRepositories'),
    anonymousCatalog: reads('bindings[].members', ...inherited),
    sharedLogin: always({ mode: 'none' }, `${guide}/docker/authentication`),
    signIn: unsupported(
      'people sign in with Google identities, and what those ask for is kept in Cloud Identity, not in the registry',
    ),
    selfRegistration: always({ mode: 'off' }, `${guide}/access-control`),
    credentials: reads(
      'keys[].validBeforeTime',
      ...effective,
      'ListRepositories',
      'GetProject',
      'GetServiceAccountIamPolicy',
      'ListServiceAccountKeys',
    ),
    credentialUse: reads(
      'activities[].activity.lastAuthenticatedTime',
      ...actors,
      'ListRepositories',
      'ListServiceAccountKeys',
      'QueryActivities',
    ),
    administrators: reads(
      'bindings[].role',
      ...inherited,
      'GetProject',
      'GetServiceAccountIamPolicy',
    ),
    projectCreation: reads('bindings[].role', ...inherited),
    networkAccess: reads('status.restrictedServices', ...perimeter, 'ListAccessLevels'),
    privateEndpoints: unsupported(
      'private access is a setting of each network (Private Google Access, Private Service Connect), not of the registry',
    ),
    networkBypass: reads('vpcscPolicy', 'GetVpcscConfig', ...perimeter),
    transport: reads('spec.rules[].values.deniedValues', 'GetEffectivePolicy'),
    auditLog: reads('auditConfigs', ...effective, 'ListRepositories'),
    auditExport: reads('destination, filter', ...sinks, 'GetProject'),
    auditRetention: reads('retentionDays', ...sinks, ...inherited, 'GetProject', 'ListLogBuckets'),
    upstreams: reads(
      'remoteRepositoryConfig, virtualRepositoryConfig',
      'ListRepositories',
      'GetRepository',
    ),
    version: unsupported('Artifact Registry is run by Google: there is no version to choose'),
    newRepositories: reads('bindings[].members, state', ...inherited, 'BatchGetServices'),
    directory: unsupported('people sign in with Google identities, which are no directory of it'),
    dataExport: unsupported('Artifact Registry has no export that would pass a perimeter'),
    buildTasks: unsupported('builds are run by Cloud Build, not by the registry'),
    edgeRegistries: unsupported('Artifact Registry has no registries at other sites'),
    legacyStorage: reads(
      'iamConfiguration, bindings[].members',
      'ListBuckets',
      'GetBucketIamPolicy',
    ),
    settingsInForce: reads('spec, status', ...perimeter),
    labels: unsupported('a location of a project has no labels'),
  },
  repository: {
    publicPull: reads('bindings[].members', ...effective, 'ListRepositories'),
    pushers: reads('bindings[].role', ...actors, 'ListRepositories'),
    deleters: reads('bindings[].role', ...actors, 'GetOrganization'),
    outsideAccess: reads('bindings[].members', ...actors, 'GetOrganization'),
    webhooks: unsupported('Artifact Registry has no webhooks; its events go to Pub/Sub'),
    pushScan: reads(
      'vulnerabilityScanningConfig.enablementState',
      'ListRepositories',
      'BatchGetServices',
    ),
    rescan: reads(
      'vulnerabilityScanningConfig.enablementState',
      'ListRepositories',
      'BatchGetServices',
    ),
    scanGate: unsupported(
      'neither Artifact Registry nor Binary Authorization refuses an image because of its vulnerabilities',
    ),
    recentScans: reads(
      'discovery.analysisStatus',
      ...nothingHeld,
      'ListOccurrences',
      'GetVulnerabilitySummary',
    ),
    scanExceptions: unsupported('Artifact Analysis has no list of vulnerabilities to let through'),
    signing: reads('userOwnedGrafeasNote.publicKeys', 'ListAttestors'),
    signatureGate: reads(
      'defaultAdmissionRule, admissionWhitelistPatterns',
      'GetBinaryAuthorizationPolicy',
      'ListAttestors',
      'ListClusters',
      'ListRunServices',
      'ListRunJobs',
      'ListRunWorkerPools',
    ),
    recentSignatures: reads('tags, type', ...nothingHeld, 'ListAttachments', 'ListOccurrences'),
    recentAttestations: reads('tags, type', ...nothingHeld, 'ListAttachments', 'ListOccurrences'),
    recentCandidates: reads(
      'attestation.signatures, layers[]',
      ...nothingHeld,
      'ListOccurrences',
      'GetManifest',
    ),
    tagDigests: reads('tags, name', 'ListDockerImages'),
    tagLock: reads('dockerConfig.immutableTags', 'ListRepositories'),
    contentOrigin: reads('mode', 'ListRepositories'),
    retention: reads('cleanupPolicies, cleanupPolicyDryRun', 'ListRepositories'),
    garbageCollection: always({ mode: 'none' }, `${guide}/repositories/cleanup-policy`),
    recovery: unsupported('what is deleted in Artifact Registry is gone, whatever is set'),
    encryption: reads('kmsKeyName', 'ListRepositories', 'GetCryptoKey'),
    replication: reads('name', 'ListRepositories'),
    replicationTargets: unsupported(
      'a multi-region is one repository: it copies images to nobody else',
    ),
    replicaSettings: unsupported(
      'a multi-region is one repository: its copies have no settings of their own',
    ),
    labels: reads('labels', 'ListRepositories'),
  },
} as const satisfies Provides<OperationName>;
