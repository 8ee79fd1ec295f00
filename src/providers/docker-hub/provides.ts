import { always, type Provides, reads, unsupported } from '../contract.ts';
import type { OperationName } from './operations.ts';

const docs = 'https://docs.docker.com';
const access = [
  'ListMembers',
  'ListMemberships',
  'ListOrgAccessTokens',
  'GetOrgAccessToken',
] as const;
const perRepository = ['GetRepository', 'ListRepositoryTeams'] as const;
const onNetworks = unsupported(
  'Docker Hub answers every network on every plan; Registry Access Management binds Docker Desktop, not the registry',
);
const images = ['ListTags', 'GetRegistryToken', 'GetManifest', 'ListReferrers'] as const;

/** Where every fact of the model comes from in a namespace of Docker Hub. */
export const provides = {
  registry: {
    anonymousPush: always({ mode: 'refused' }, `${docs}/docker-hub/repos/manage/access/`),
    anonymousCatalog: reads('results[].is_private', 'ListRepositories'),
    sharedLogin: always({ mode: 'none' }, `${docs}/admin/organization/orgs/`),
    signIn: reads('no field tells', 'AuthCreateAccessToken'),
    selfRegistration: unsupported(
      'an account of Docker Hub, which anybody can have, opens nothing here; members are invited',
    ),
    credentials: reads(
      'expires_at, last_used_at, resources[].scopes',
      'ListOrgAccessTokens',
      'GetOrgAccessToken',
      'ListPersonalAccessTokens',
      'ListMemberships',
    ),
    credentialUse: always({ mode: 'recorded' }, `${docs}/reference/api/hub/latest/`),
    administrators: reads('role, scopes', 'ListInvites', ...access),
    projectCreation: always(
      { mode: 'limited', to: 'owners, editors and whoever an owner lets, or the account itself' },
      `${docs}/enterprise/security/roles-and-permissions/core-roles/`,
    ),
    networkAccess: onNetworks,
    privateEndpoints: unsupported('Docker Hub has no private endpoints'),
    networkBypass: unsupported('Docker Hub has no network rules that anything could bypass'),
    transport: unsupported(
      'Docker Hub is served over HTTPS alone, and nothing about it can be set',
    ),
    auditLog: reads('logs', 'ListAuditLogs', 'ListMemberships'),
    auditExport: unsupported(
      'Docker Hub sends its activity log nowhere; it has to be fetched through the API',
    ),
    auditRetention: reads('no field tells', 'AuthCreateAccessToken'),
    upstreams: unsupported('Docker Hub caches no other registry'),
    version: unsupported('Docker Hub is run by Docker: there is no version to choose'),
    newRepositories: reads('no field tells', 'AuthCreateAccessToken'),
    directory: unsupported(
      'Docker Hub reads no directory; single sign-on and SCIM come from the identity provider',
    ),
    dataExport: unsupported('Docker Hub has no export that would pass network rules'),
    buildTasks: reads('no field tells', 'AuthCreateAccessToken'),
    edgeRegistries: unsupported('Docker Hub has no registries at other sites'),
    legacyStorage: unsupported('no storage of a retired service is left in the hands of customers'),
    settingsInForce: unsupported('Docker Hub has no policy that could be stored but not in force'),
  },
  repository: {
    publicPull: reads('is_private', 'ListRepositories'),
    pushers: reads('role, permission, scopes', ...access, ...perRepository),
    deleters: reads('role, permission, scopes', ...access, ...perRepository),
    outsideAccess: reads(
      'is_private, is_guest, collaborator_count',
      'ListMembers',
      'ListMemberships',
      ...perRepository,
    ),
    webhooks: reads('webhooks[].hook_url', 'ListWebhooks'),
    pushScan: reads('features.vulnerabilityReporting.enabled', 'ListScoutRepositories'),
    rescan: reads('features.vulnerabilityReporting.enabled', 'ListScoutRepositories'),
    scanGate: unsupported(
      'Docker Hub cannot refuse an image because of its vulnerabilities; the cluster or pipeline must',
    ),
    recentScans: reads(
      'vulnerabilityReport',
      'ListTags',
      'ListScoutImages',
      'ListScoutRepositories',
    ),
    scanExceptions: reads('no field tells', 'AuthCreateAccessToken'),
    signing: unsupported(
      'Docker Hub signs nothing and Docker Content Trust is retired; signatures made by clients show in recent-images-signed',
    ),
    signatureGate: unsupported(
      'Docker Hub cannot refuse unsigned images; the admission control of the cluster must',
    ),
    recentSignatures: reads('manifests[].artifactType', ...images),
    recentAttestations: reads('manifests[].artifactType', ...images),
    tagLock: reads('immutable_tags_settings', 'GetRepository'),
    contentOrigin: always({ mode: 'own' }, `${docs}/docker-hub/repos/`),
    retention: unsupported('Docker Hub removes no image by itself on any plan'),
    recovery: unsupported('Docker Hub cannot bring back what was deleted'),
    encryption: unsupported(
      'Docker Hub stores images with keys of its own; own keys are not offered',
    ),
    replication: unsupported('Docker Hub is one service, copied nowhere by its customers'),
    replicaSettings: unsupported('Docker Hub makes no copies of a repository'),
  },
} as const satisfies Provides<OperationName>;
