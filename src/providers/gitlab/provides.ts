import {
  always,
  ceiling,
  notExposed,
  type Provides,
  partly,
  reads,
  unsupported,
} from '../contract.ts';
import { bestLog } from './facts/audit.ts';
import { administratorsAlone } from './facts/network.ts';
import {
  deployTokenUse,
  hiddenShares,
  personalTokens,
  servedCopies,
  unscanned,
} from './facts/not-exposed.ts';
import { knownOfLatest, latestAlone } from './facts/scanning.ts';
import type { OperationName } from './operations.ts';

const docs = 'https://docs.gitlab.com';

/** The list of repositories, and of the projects they are in. */
const lists = [
  'listGroupRepositories',
  'listProjectRepositories',
  'listGroupProjects',
  'getProject',
] as const;
const tokens = ['listAccessTokens', 'listGroupAccessTokens'] as const;
const deployTokens = ['listDeployTokens', 'listGroupDeployTokens'] as const;
const people = [
  'listProjectMembers',
  'getGroup',
  'listAdministrators',
  ...tokens,
  ...lists,
] as const;
const scanning = ['getSecuritySettings', 'queryScanPolicies', ...lists] as const;
const geo = ['listGeoSites', 'listGeoStatuses'] as const;
const images = ['queryTags', 'getRegistryToken', 'listReferrers', 'getManifest'] as const;
const inPipelines =
  'check that the pipeline of the project scans each image that it pushes, or that a scan execution policy does';

/** Where every fact of the model comes from in a group or project of GitLab. */
export const provides = {
  registry: {
    anonymousPush: always(
      { mode: 'refused' },
      `${docs}/user/packages/container_registry/authenticate_with_container_registry/`,
    ),
    anonymousCatalog: reads(
      'visibility, container_registry_access_level',
      'listGroupProjects',
      'getProject',
    ),
    sharedLogin: reads('is_admin', 'listAdministrators', 'listGroupProjects', 'getProject'),
    signIn: reads(
      'require_two_factor_authentication',
      'getGroup',
      'getSettings',
      'listProjectMembers',
      'listDirectMembers',
      ...lists,
    ),
    selfRegistration: reads('signup_enabled', 'getSettings'),
    credentials: partly(
      reads('scopes, expires_at', ...tokens, ...deployTokens, ...lists),
      personalTokens,
    ),
    credentialUse: partly(
      reads('last_used_at', ...tokens, ...deployTokens, ...lists),
      deployTokenUse,
      personalTokens,
    ),
    administrators: partly(
      reads(
        'access_level',
        'listGroupMembers',
        'listProjectMembers',
        'listGroupAccessTokens',
        'getGroup',
        'listAdministrators',
        'listGroupProjects',
        'getProject',
      ),
      hiddenShares,
    ),
    projectCreation: reads('project_creation_level', 'getGroup'),
    networkAccess: reads('ip_restriction_ranges, globally_allowed_ips', 'getGroup', 'getSettings'),
    privateEndpoints: unsupported('GitLab has no private endpoints that a group could set'),
    networkBypass: ceiling(
      reads('globally_allowed_ips', 'getSettings'),
      administratorsAlone,
      'GitLab lets administrators of the instance past the IP restriction of a group',
      'let a proxy before the instance keep administrators to networks of your own',
    ),
    transport: reads('location', 'listGroupRepositories', 'listProjectRepositories', 'probeTls'),
    auditLog: ceiling(
      reads('audit_events', 'listGroupAuditEvents'),
      bestLog,
      'GitLab records administrative changes, and has no audit event for a push or pull of an image',
      'collect the notifications of the registry, or the log of its proxy, where pushes have to be told',
    ),
    auditExport: reads('active, eventTypeFilters, config', 'queryStreams', 'queryInstanceStreams'),
    auditRetention: notExposed(
      'GitLab promises no period for which audit events are kept',
      'https://docs.gitlab.com/user/compliance/audit_events/',
      'Export audit events by streaming to a store with a retention of your own',
    ),
    upstreams: reads(
      'enabled, url',
      'queryDependencyProxy',
      'listVirtualRegistries',
      'listVirtualUpstreams',
    ),
    version: reads('version', 'getMetadata'),
    newRepositories: unsupported(
      'GitLab has no default of tag rules or scanning for new projects; whoever creates one chooses',
    ),
    directory: notExposed(
      'no API tells how an instance speaks to its directory',
      `${docs}/administration/auth/ldap/`,
      'look in gitlab.rb whether LDAP is used with encryption and verified certificates; GitLab.com reads no directory',
    ),
    dataExport: unsupported('GitLab has no export that would pass the IP restriction'),
    buildTasks: unsupported(
      'the registry runs no builds; pipelines push to it as other clients do',
    ),
    edgeRegistries: partly(
      reads('container_repositories_replication_enabled', ...geo),
      servedCopies,
    ),
    legacyStorage: unsupported('no storage of a retired service is left in the hands of a group'),
    settingsInForce: unsupported('a group stores no policy of the registry that is not in force'),
    labels: unsupported('a group has no labels of its own'),
  },
  repository: {
    publicPull: reads('visibility, container_registry_access_level', ...lists),
    pushers: partly(
      reads('access_level, scopes', 'listRepositoryRules', ...people, ...deployTokens),
      hiddenShares,
    ),
    deleters: partly(reads('access_level, scopes', 'listRepositoryRules', ...people), hiddenShares),
    outsideAccess: partly(
      reads(
        'visibility, shared_with_groups, inbound_enabled',
        'getGroup',
        'getJobTokenScope',
        'listJobTokenProjects',
        'listJobTokenGroups',
        ...lists,
      ),
      hiddenShares,
    ),
    webhooks: reads('url, enable_ssl_verification', 'listHooks', 'listGroupHooks', ...lists),
    pushScan: ceiling(
      reads('container_scanning_for_registry_enabled, yaml', ...scanning),
      latestAlone,
      'GitLab scans by itself the tag latest alone, at most 50 times a day',
      inPipelines,
    ),
    rescan: ceiling(
      reads('continuous_vulnerability_scans_enabled, yaml', ...scanning),
      knownOfLatest,
      'GitLab scans again what it knows of an image, and of the registry it knows the tag latest alone',
      inPipelines,
    ),
    scanGate: unsupported(
      'the registry refuses no image; approval policies hold up merge requests, not pulls',
    ),
    recentScans: partly(
      reads('vulnerabilitySeveritiesCount', 'queryFindings', ...lists),
      unscanned,
    ),
    scanExceptions: unsupported(
      'GitLab refuses no image because of its findings, so that nothing is let through',
    ),
    signing: unsupported(
      'GitLab signs nothing; signatures made by clients show in recent-images-signed',
    ),
    signatureGate: unsupported(
      'GitLab cannot refuse unsigned images; the admission control of the cluster must',
    ),
    recentSignatures: reads('referrers, layers[]', ...images),
    recentAttestations: reads('referrers, layers[]', ...images),
    recentCandidates: reads('layers[]', ...images),
    tagDigests: reads('tags.nodes[].digest', 'queryTags'),
    tagLock: reads('immutable, tagNamePattern', 'queryTagRules', 'queryTags', ...lists),
    contentOrigin: always({ mode: 'own' }, `${docs}/user/packages/dependency_proxy/`),
    retention: reads('container_expiration_policy', 'getSettings', ...lists),
    garbageCollection: reads('location', 'listGroupRepositories', 'listProjectRepositories'),
    recovery: reads('immutable, tagNamePattern', 'queryTagRules', 'queryTags', ...lists),
    encryption: notExposed(
      'where and how the registry stores images no API tells',
      `${docs}/administration/packages/container_registry/`,
      'look in the configuration of the registry whether its storage is encrypted with a key of your own; GitLab.com offers none',
    ),
    replication: reads('container_repositories_replication_enabled', ...geo),
    replicationTargets: reads('container_repositories_replication_enabled', ...geo),
    replicaSettings: unsupported('a copy by Geo is the same GitLab with the same settings'),
    labels: unsupported('the topics of a project have no values'),
  },
} as const satisfies Provides<OperationName>;
