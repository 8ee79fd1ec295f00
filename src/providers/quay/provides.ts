import { always, notExposed, type Provides, partly, reads, unsupported } from '../contract.ts';
import type { OperationName } from './operations.ts';

const docs = 'https://docs.redhat.com/en/documentation/red_hat_quay/3/html';
const configuring = `${docs}/configure_red_hat_quay/index`;
const using = `${docs}/use_red_hat_quay/index`;

/** What no API tells of the credentials of a namespace. */
export const otherTokens = notExposed(
  'tokens that its people made for applications of other organizations are listed there alone',
  `${docs}/red_hat_quay_api_guide/index`,
  'look at the applications of every organization for tokens of people who may push here',
);
export const passwordUse = notExposed(
  'no API tells when a password was last used',
  using,
  'compare the accounts of the instance with the people who still need one',
);

/** Whether a list of repositories is whole needs to be told who the caller is. */
const whole = ['listRepos', 'getOrganization', 'getLoggedInUser', 'listAllAppTokens'] as const;
const people = [
  'getOrganization',
  'getOrganizationTeamMembers',
  'listAllUsers',
  'getConfig',
] as const;
const roles = ['listRepoUserPermissions', 'listRepoTeamPermissions', ...people] as const;
const networks = unsupported('Quay has no network rules; the proxy or firewall before it has');
const images = ['listRepoTags', 'getRepoManifest'] as const;
const attached = [
  ...images,
  'listReferrers',
  'getToken',
  'getBlob',
  'getProxyCacheConfig',
  'getConfig',
] as const;
const tokens = [
  'getOrgRobots',
  'getOrganizationApplications',
  'listOrganizationApplicationTokens',
  'listAllAppTokens',
  'getOrganization',
  'getOrganizationMembers',
  'getOrganizationCollaborators',
  'getConfig',
] as const;

/** Where every fact of the model comes from in a namespace of Quay. */
export const provides = {
  registry: {
    anonymousPush: always({ mode: 'refused' }, using),
    anonymousCatalog: reads('is_public', 'listPublicRepos', 'getConfig'),
    sharedLogin: always({ mode: 'none' }, configuring),
    signIn: reads('AUTHENTICATION_TYPE', 'getConfig'),
    selfRegistration: reads('USER_CREATION', 'getConfig'),
    credentials: partly(reads('expires_at, scope', ...tokens), otherTokens),
    credentialUse: partly(reads('last_accessed', ...tokens), otherTokens, passwordUse),
    administrators: reads('role, super_user', ...people),
    projectCreation: reads('RESTRICTED_USERS', 'getConfig', 'getOrganization'),
    networkAccess: networks,
    privateEndpoints: unsupported('where Quay can be reached is up to the network it stands in'),
    networkBypass: networks,
    transport: reads('PREFERRED_URL_SCHEME, SERVER_HOSTNAME', 'getConfig', 'probeTls'),
    auditLog: reads('LOGS_MODEL, DISABLED_FOR_AUDIT_LOGS', 'getRegistryConfiguration', 'getConfig'),
    auditExport: reads('LOGS_MODEL', 'getRegistryConfiguration', 'getConfig'),
    auditRetention: reads('ACTION_LOG_ROTATION_THRESHOLD', 'getRegistryConfiguration', 'getConfig'),
    upstreams: reads(
      'upstream_registry, external_reference',
      'getProxyCacheConfig',
      'getOrgMirrorConfig',
      'getRepoMirrorConfig',
      'getConfig',
      ...whole,
    ),
    version: reads('version_number', 'getConfig'),
    newRepositories: reads(
      'CREATE_PRIVATE_REPO_ON_PUSH, tagPattern',
      'getRegistryConfiguration',
      'listOrgImmutabilityPolicies',
      'getConfig',
    ),
    directory: reads('LDAP_URI, OIDC_SERVER', 'getConfig', 'getRegistryConfiguration'),
    dataExport: unsupported('Quay has no network rules that an export could pass'),
    buildTasks: reads('service, is_active', 'listBuildTriggers', 'getConfig', ...whole),
    edgeRegistries: unsupported('Quay has no registries at other sites'),
    legacyStorage: unsupported('what came before lives in the same instance'),
    settingsInForce: unsupported('Quay stores no policy without enforcing it'),
    labels: unsupported('a namespace has no labels'),
  },
  repository: {
    publicPull: reads('is_public', 'listRepos', 'getConfig'),
    pushers: reads('role', ...roles, 'getRepoMirrorConfig', 'getOrgMirrorConfig', 'listRepos'),
    deleters: reads('role', ...roles, 'listRepos'),
    outsideAccess: reads(
      'is_public, is_org_member',
      'listRepoUserPermissions',
      'listRepos',
      'getConfig',
    ),
    webhooks: reads('config.url', 'listRepoNotifications'),
    pushScan: reads('SECURITY_SCANNER', 'getConfig'),
    rescan: reads('SECURITY_SCANNER', 'getConfig'),
    scanGate: unsupported('Quay cannot refuse an image because of its vulnerabilities'),
    recentScans: reads('status, Severity', 'getRepoManifestSecurity', ...images, 'getConfig'),
    scanExceptions: unsupported('Quay lets no vulnerability through on purpose: it refuses none'),
    signing: unsupported(
      'Quay signs nothing, and its content trust (Notary) is retired; signatures made by clients show in recent-images-signed',
    ),
    signatureGate: unsupported(
      'Quay cannot refuse unsigned images; the admission control of the cluster must',
    ),
    recentSignatures: reads('manifests[].artifactType', ...attached),
    recentAttestations: reads('manifests[].artifactType', ...attached),
    recentCandidates: reads('layers[]', ...attached),
    tagDigests: reads('tags[].manifest_digest', 'listRepoTags'),
    tagLock: reads(
      'tagPattern, immutable',
      'listRepositoryImmutabilityPolicies',
      'listOrgImmutabilityPolicies',
      'listRepoTags',
      'listRepos',
      'getConfig',
    ),
    contentOrigin: reads(
      'state, upstream_registry',
      'listRepos',
      'getProxyCacheConfig',
      'getRepoMirrorConfig',
      'getOrgMirrorConfig',
      'getConfig',
    ),
    retention: reads(
      'method, value, tagPattern',
      'listRepositoryAutoPrunePolicies',
      'listOrganizationAutoPrunePolicies',
      'getConfig',
    ),
    garbageCollection: reads('GARBAGE_COLLECTION', 'getConfig'),
    recovery: reads('tag_expiration_s', 'getOrganization', 'getRepo', 'getConfig'),
    encryption: notExposed(
      'no API tells how the storage behind Quay is encrypted',
      configuring,
      'ask whoever runs the storage whether it is encrypted, and with whose key',
    ),
    replication: reads(
      'STORAGE_REPLICATION, DISTRIBUTED_STORAGE_DEFAULT_LOCATIONS',
      'getConfig',
      'getRegistryConfiguration',
    ),
    replicationTargets: reads(
      'STORAGE_REPLICATION, DISTRIBUTED_STORAGE_DEFAULT_LOCATIONS',
      'getConfig',
      'getRegistryConfiguration',
    ),
    replicaSettings: unsupported('copies of blobs have no settings of their own'),
    labels: unsupported('only manifests have labels'),
  },
} as const satisfies Provides<OperationName>;
