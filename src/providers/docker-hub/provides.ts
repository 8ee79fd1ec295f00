import { always, notExposed, type Provides, partly, reads, unsupported } from '../contract.ts';
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

/** What no API tells of the credentials of an organization, and of an account of a person. */
export const otherTokens = notExposed(
  'nobody can list the personal access tokens of the other members',
  `${docs}/reference/api/hub/latest/`,
  'ask the members which personal access tokens they hold and when these end, or let the organization enforce single sign-on',
);
export const ownPassword = notExposed(
  'no API tells whether the password works without a second factor',
  `${docs}/security/2fa/`,
  'look in Account settings > 2FA whether a second factor is on',
);

/** What no API tells of the people and machines of an organization. */
export const connections = notExposed(
  'no API lists OIDC connections, which may push and delete',
  `${docs}/security/authentication/oidc-connections/`,
  'look in Docker Home under OIDC connections which workflows each ruleset trusts, and with which scopes',
);
export const teamRoles = notExposed(
  'no API tells whether a team has a custom role',
  `${docs}/enterprise/security/roles-and-permissions/custom-roles/`,
  'look in the Admin Console under Teams whether a custom role is assigned to one',
);
export const staticScanning = notExposed(
  'Docker Scout does not analyse it, and no API tells whether static scanning does',
  `${docs}/docker-hub/repos/manage/vulnerability-scanning/`,
  'look in the settings of the repository whether static scanning is on, and at the result of the newest tags',
);
export const unmarkedGuests = notExposed(
  'members are marked as guests only where the organization has verified its domains, which no API tells',
  `${docs}/enterprise/security/single-sign-on/connect/`,
  'compare the mail addresses of the members with the domains of the organization',
);

/** Where every fact of the model comes from in a namespace of Docker Hub. */
export const provides = {
  registry: {
    anonymousPush: always({ mode: 'refused' }, `${docs}/docker-hub/repos/manage/access/`),
    anonymousCatalog: reads('results[].is_private', 'ListRepositories'),
    sharedLogin: always({ mode: 'none' }, `${docs}/admin/organization/orgs/`),
    signIn: notExposed(
      'no API of Docker Hub tells whether single sign-on is enforced or who has a second factor',
      `${docs}/enterprise/security/single-sign-on/`,
      'look in the Admin Console under Security whether single sign-on is enforced, or whether every member has a second factor',
    ),
    selfRegistration: unsupported(
      'an account of Docker Hub, which anybody can have, opens nothing here; members are invited',
    ),
    credentials: partly(
      reads(
        'expires_at, last_used_at, resources[].scopes',
        'ListOrgAccessTokens',
        'GetOrgAccessToken',
        'ListPersonalAccessTokens',
        'ListMemberships',
      ),
      otherTokens,
      ownPassword,
    ),
    credentialUse: partly(
      reads(
        'last_used_at, last_used',
        'ListOrgAccessTokens',
        'GetOrgAccessToken',
        'ListPersonalAccessTokens',
        'ListMemberships',
      ),
      otherTokens,
      ownPassword,
    ),
    administrators: partly(reads('role, scopes', 'ListInvites', ...access), teamRoles),
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
    auditRetention: notExposed(
      'Docker documents that its pages show 30 days of the log and the API more, but not how much',
      `${docs}/admin/organization/activity-logs/`,
      'export the activity log regularly and keep it for as long as the rules of the organization ask',
    ),
    upstreams: unsupported('Docker Hub caches no other registry'),
    version: unsupported('Docker Hub is run by Docker: there is no version to choose'),
    newRepositories: notExposed(
      'no API of Docker Hub tells the default privacy of new repositories',
      `${docs}/docker-hub/settings/`,
      'look in the settings of the namespace whether the default privacy is private',
    ),
    directory: unsupported(
      'Docker Hub reads no directory; single sign-on and SCIM come from the identity provider',
    ),
    dataExport: unsupported('Docker Hub has no export that would pass network rules'),
    buildTasks: notExposed(
      'no documented API of Docker Hub tells which automated builds are set up',
      `${docs}/docker-hub/repos/manage/builds/`,
      'look under Builds of each repository for automated builds and the credentials they hold',
    ),
    edgeRegistries: unsupported('Docker Hub has no registries at other sites'),
    legacyStorage: unsupported('no storage of a retired service is left in the hands of customers'),
    settingsInForce: unsupported('Docker Hub has no policy that could be stored but not in force'),
    labels: unsupported('a namespace has no labels'),
  },
  repository: {
    publicPull: reads('is_private', 'ListRepositories'),
    pushers: partly(
      reads('role, permission, scopes', ...access, ...perRepository),
      connections,
      teamRoles,
    ),
    deleters: partly(
      reads('role, permission, scopes', ...access, ...perRepository),
      connections,
      teamRoles,
    ),
    outsideAccess: partly(
      reads(
        'is_private, is_guest, collaborator_count',
        'ListMembers',
        'ListMemberships',
        ...perRepository,
      ),
      unmarkedGuests,
    ),
    webhooks: reads('webhooks[].hook_url', 'ListWebhooks'),
    pushScan: partly(
      reads('features.vulnerabilityReporting.enabled', 'ListScoutRepositories'),
      staticScanning,
    ),
    rescan: reads('features.vulnerabilityReporting.enabled', 'ListScoutRepositories'),
    scanGate: unsupported(
      'Docker Hub cannot refuse an image because of its vulnerabilities; the cluster or pipeline must',
    ),
    recentScans: partly(
      reads('vulnerabilityReport', 'ListTags', 'ListScoutImages', 'ListScoutRepositories'),
      staticScanning,
    ),
    scanExceptions: notExposed(
      'no documented API tells the exceptions of Docker Scout',
      `${docs}/scout/how-tos/create-exceptions-gui/`,
      'look under Exceptions in Docker Scout whether each has an end and a reason',
    ),
    signing: unsupported(
      'Docker Hub signs nothing and Docker Content Trust is retired; signatures made by clients show in recent-images-signed',
    ),
    signatureGate: unsupported(
      'Docker Hub cannot refuse unsigned images; the admission control of the cluster must',
    ),
    recentSignatures: reads('manifests[].artifactType', ...images),
    recentAttestations: reads('manifests[].artifactType', ...images),
    recentCandidates: reads('layers[]', ...images),
    tagDigests: reads('digest', 'ListTags'),
    tagLock: reads('immutable_tags_settings', 'GetRepository'),
    contentOrigin: always({ mode: 'own' }, `${docs}/docker-hub/repos/`),
    retention: unsupported('Docker Hub removes no image by itself on any plan'),
    garbageCollection: unsupported('Docker Hub removes no image by itself on any plan'),
    recovery: unsupported('Docker Hub cannot bring back what was deleted'),
    encryption: unsupported(
      'Docker Hub stores images with keys of its own; own keys are not offered',
    ),
    replication: unsupported('Docker Hub is one service, copied nowhere by its customers'),
    replicationTargets: unsupported('Docker Hub copies images nowhere by itself'),
    replicaSettings: unsupported('Docker Hub makes no copies of a repository'),
    labels: unsupported('a repository has categories, which name no owner'),
  },
} as const satisfies Provides<OperationName>;
