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

const docs = 'https://goharbor.io/docs/2.13.0';

const people = ['getUser', 'listUsers', 'getSystemInfo', 'getConfigurations'] as const;
/** Who may be told apart from whom needs the list of projects to be whole. */
const allProjects = ['listProjects', 'getCurrentUserInfo', 'ListRobot'] as const;

/** The setting came with release 2.13; before, what is recorded is in no API. */
export const eventsUntold = notExposed(
  'releases of Harbor before 2.13 do not tell which events they record',
  `${docs}/administration/audit-log-rotation/`,
  'look in the release notes of the release in use for the events that it records, and upgrade',
);

const install = `${docs}/install-config/configure-yml-file/`;

/** Where every fact of the model comes from in Harbor; its projects are the repositories. */
export const provides = {
  registry: {
    anonymousPush: always({ mode: 'refused' }, `${docs}/administration/managing-users/`),
    anonymousCatalog: reads('metadata.public', ...allProjects),
    sharedLogin: reads('sysadmin_flag', 'getUser', 'getSystemInfo'),
    signIn: reads('auth_mode', 'getSystemInfo'),
    selfRegistration: reads('self_registration', 'getSystemInfo'),
    credentials: reads(
      'expires_at, permissions',
      'ListRobot',
      'listProjects',
      'getUser',
      'listUsers',
      'getSystemInfo',
      'getCurrentUserInfo',
    ),
    credentialUse: notExposed(
      'no API of Harbor tells when a robot account or a user last signed in',
      `${docs}/working-with-projects/project-configuration/create-robot-accounts/`,
      'look in the audit log for robot accounts and users that have pulled and pushed nothing lately',
    ),
    administrators: reads('sysadmin_flag, permissions', ...people, 'ListRobot'),
    projectCreation: reads('project_creation_restriction', 'getSystemInfo'),
    networkAccess: notExposed(
      'no API of Harbor tells which networks the ingress or firewall before it admits',
      install,
      'check that the ingress or firewall before Harbor admits the networks alone that need it',
    ),
    privateEndpoints: notExposed(
      'no API of Harbor tells at which addresses it can be reached',
      install,
      'check that clusters and pipelines reach Harbor at a private address',
    ),
    networkBypass: unsupported('Harbor has no network rules that anything could bypass'),
    transport: reads('external_url', 'getSystemInfo', 'probeTls'),
    auditLog: partly(
      reads(
        'skip_audit_log_database, disabled_audit_log_event_types',
        'getConfigurations',
        'getSystemInfo',
        'listAuditLogExts',
      ),
      eventsUntold,
    ),
    auditExport: reads('audit_log_forward_endpoint', 'getConfigurations'),
    auditRetention: reads('audit_retention_hour', 'getPurgeSchedule', 'getConfigurations'),
    upstreams: reads('registry_id, insecure', 'listRegistries', ...allProjects),
    version: reads('harbor_version', 'getSystemInfo'),
    newRepositories: unsupported(
      'Harbor has no defaults for new projects: they start private, and whoever makes one chooses the rest',
    ),
    directory: reads(
      'auth_mode, ldap_verify_cert, oidc_verify_cert',
      'getConfigurations',
      'getSystemInfo',
    ),
    dataExport: unsupported('Harbor has no network rules that an export could pass'),
    buildTasks: unsupported('Harbor runs no builds'),
    edgeRegistries: unsupported('Harbor has no registries at other sites; it replicates to others'),
    legacyStorage: unsupported('what came before lives in the same instance'),
    settingsInForce: unsupported('Harbor stores no policy without enforcing it'),
    labels: unsupported('a Harbor server has no labels of its own'),
  },
  repository: {
    publicPull: reads('metadata.public', 'listProjects'),
    pushers: reads(
      'role_id, permissions',
      'listProjectMembers',
      'ListRobot',
      'listProjects',
      ...people,
    ),
    deleters: reads(
      'role_id, permissions',
      'listProjectMembers',
      'ListRobot',
      'ListImmuRules',
      ...people,
    ),
    outsideAccess: reads('metadata.public', 'listProjects'),
    webhooks: reads('targets', 'ListWebhookPoliciesOfProject'),
    pushScan: reads('metadata.auto_scan', 'listProjects', 'getScannerOfProject'),
    rescan: reads('schedule', 'getScanAllSchedule', 'getScannerOfProject'),
    scanGate: reads(
      'metadata.prevent_vul',
      'listProjects',
      'getScannerOfProject',
      'getSystemCVEAllowlist',
    ),
    recentScans: reads('scan_overview', 'listArtifactsOfProject', 'getArtifact'),
    scanExceptions: reads('cve_allowlist', 'listProjects', 'getSystemCVEAllowlist'),
    signing: reads('metadata.enable_content_trust_cosign', 'listProjects', 'getSystemInfo'),
    signatureGate: ceiling(
      reads('metadata.enable_content_trust_cosign', 'listProjects', 'getSystemInfo'),
      { mode: 'existence-only' },
      'Harbor refuses images without a signature, but does not verify who made it',
      'check that the admission control of each cluster verifies the signatures of images from this registry',
    ),
    recentSignatures: reads('accessories', 'listArtifactsOfProject', 'getArtifact'),
    recentAttestations: reads('accessories', 'listArtifactsOfProject', 'getArtifact'),
    recentCandidates: reads(
      'accessories, layers[]',
      'listArtifactsOfProject',
      'listProjects',
      'getToken',
      'getManifest',
    ),
    tagDigests: reads('tags[].name, digest', 'listArtifactsOfProject'),
    tagLock: reads('tag_selectors', 'ListImmuRules'),
    contentOrigin: reads('registry_id', 'listProjects', 'listRegistries'),
    retention: reads('rules', 'getRetention', 'listProjects', 'ListImmuRules'),
    garbageCollection: reads(
      'job_parameters',
      'getGCSchedule',
      'getGCHistory',
      'getRetention',
      'listProjects',
      'ListImmuRules',
    ),
    recovery: reads('tag_selectors, read_only', 'ListImmuRules', 'getSystemInfo'),
    encryption: notExposed(
      'no API of Harbor tells whether the storage behind it is encrypted, and with whose key',
      install,
      'check that the bucket or volume behind Harbor is encrypted with a key of the organization',
    ),
    replication: reads('filters, dest_registry', 'listReplicationPolicies'),
    replicationTargets: reads('filters, dest_registry', 'listReplicationPolicies'),
    replicaSettings: unsupported(
      'what a copy starts with is set at the registry it goes to; Harbor copies no settings',
    ),
    labels: unsupported('labels belong to images, not to projects'),
  },
} as const satisfies Provides<OperationName>;
