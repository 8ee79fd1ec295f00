import { notExposed, type Provides, partly, reads, unsupported } from '../contract.ts';
import type { OperationName } from './operations.ts';

const help = 'https://help.sonatype.com/en';

const directory = ['listUsers', 'listRoles', 'listPrivileges'] as const;
const anonymous = ['getAnonymous', ...directory] as const;
const everybody = [...anonymous, 'listRealms', 'listCapabilities'] as const;

/** What no API tells of people who come from a directory. */
export const mappedGroups = notExposed(
  'no API tells which groups of the directory are mapped to roles, nor who is in them',
  `${help}/roles.html`,
  'look under Security > Roles which external roles are mapped, and in the directory who is in these groups',
);
export const issuedTokens = notExposed(
  'the form in which user tokens are listed is not documented',
  `${help}/user-tokens.html`,
  'look under Security > User Token whether tokens expire, and who has one',
);
export const auditByHand = notExposed(
  'this release has no API that tells which capabilities are on',
  `${help}/auditing.html`,
  'look under System > Capabilities whether Audit is there, enabled and active',
);
export const shippedLogs = notExposed(
  'no API tells whether an agent ships the file audit.log elsewhere',
  `${help}/auditing.html`,
  'check that log/audit/audit.log is shipped to the log system of the organization',
);
export const hooksByHand = notExposed(
  'this release has no API that tells which webhooks are set',
  `${help}/webhooks.html`,
  'look under System > Capabilities at every webhook whether its URL begins with https',
);
export const diskEncryption = notExposed(
  'no API tells whether the disk or the account that a blob store lies on is encrypted',
  `${help}/configuring-blob-stores.html`,
  'ask whoever runs the disk or the storage account with whose key it is encrypted',
);

const images = ['listComponents', 'listReferrers', 'getManifest', ...directory] as const;

const inTheDirectory = (field: string) => partly(reads(field, ...everybody), mappedGroups);

/** Where every fact of the model comes from in Nexus Repository. */
export const provides = {
  registry: {
    anonymousPush: reads('enabled, roles, actions', ...anonymous),
    anonymousCatalog: reads('enabled, roles, actions', ...anonymous),
    sharedLogin: reads(
      'status, Default Admin Credentials',
      'getStatusChecks',
      'listRealms',
      ...directory,
    ),
    signIn: reads('realms, source, status', 'listRealms', ...directory),
    selfRegistration: unsupported(
      'nobody can make an account for oneself; an administrator or the directory does',
    ),
    credentials: partly(
      reads('source, status, enabled', 'listRealms', 'getUserTokens', ...everybody),
      issuedTokens,
    ),
    credentialUse: notExposed(
      'no API tells when a user last signed in',
      `${help}/auditing.html`,
      'look in log/request.log which users still sign in',
    ),
    administrators: inTheDirectory('roles, privileges, actions'),
    projectCreation: reads('roles, privileges, actions', ...everybody),
    networkAccess: reads(
      'effectiveMode, entry',
      'getIpAllowList',
      'listIpAllowListEntries',
      'getApiDescription',
    ),
    privateEndpoints: unsupported(
      'where the server can be reached is up to the network it stands in',
    ),
    networkBypass: unsupported('the IP allow list exempts nobody'),
    transport: reads('httpPort', 'listRepositorySettings', 'probeTls', ...directory),
    auditLog: partly(
      reads('type, enabled, active', 'listCapabilities', 'getApiDescription'),
      auditByHand,
    ),
    auditExport: partly(
      reads('type, properties', 'listCapabilities', 'getApiDescription'),
      shippedLogs,
    ),
    auditRetention: notExposed(
      'the file audit.log is kept for 90 days unless its configuration says otherwise, which no API tells',
      `${help}/auditing.html`,
      'look in logback.xml for how long audit logs are kept, and who can change that',
    ),
    upstreams: reads(
      'remoteUrl, routingRuleName',
      'listRepositorySettings',
      'listRoutingRules',
      ...directory,
    ),
    version: reads('Server', 'getStatus', 'getApiDescription'),
    newRepositories: unsupported(
      'there are no defaults to set: whoever creates a repository chooses its settings',
    ),
    directory: reads(
      'protocol, validateResponseSignature',
      'listRealms',
      'listLdapServers',
      'getSaml',
    ),
    dataExport: unsupported('there is no export that could pass network rules'),
    buildTasks: unsupported('the server runs no builds'),
    edgeRegistries: unsupported('there are no copies at other sites that belong to a server'),
    legacyStorage: unsupported('there is no retired service that storage could be left of'),
    settingsInForce: unsupported('no policy is stored without being enforced'),
    labels: unsupported('a Nexus server has no labels'),
  },
  repository: {
    publicPull: reads(
      'enabled, forceBasicAuth, actions',
      'listRepositorySettings',
      'listRealms',
      ...anonymous,
    ),
    pushers: inTheDirectory('actions, writableMember'),
    deleters: inTheDirectory('actions'),
    outsideAccess: reads(
      'enabled, forceBasicAuth, actions',
      'listRepositorySettings',
      'listRealms',
      ...anonymous,
    ),
    webhooks: partly(
      reads('type, properties.url', 'listCapabilities', 'getApiDescription'),
      hooksByHand,
    ),
    pushScan: unsupported(
      'the server scans no image that is pushed; Sonatype Lifecycle or the pipeline must',
    ),
    rescan: unsupported('the server scans no images; Sonatype Lifecycle or another scanner must'),
    scanGate: reads('firewall.mode, failOpenModeEnabled', 'listRepositorySettings', 'getIq'),
    recentScans: unsupported(
      'the server keeps no findings on images; those of Sonatype Lifecycle are in IQ Server',
    ),
    scanExceptions: unsupported(
      'the server has no exceptions; waivers of Sonatype Lifecycle are in IQ Server',
    ),
    signing: reads('cosign.enforcement', 'listRepositorySettings'),
    signatureGate: reads(
      'cosign.enforcement, issuerRegex, identityRegex',
      'listRepositorySettings',
    ),
    recentSignatures: reads('artifactType', ...images),
    recentAttestations: reads('artifactType', ...images),
    recentCandidates: reads('layers', ...images),
    tagDigests: reads('items[].version, assets[].checksum', 'listComponents'),
    tagLock: reads('storage.writePolicy, storage.latestPolicy', 'listRepositorySettings'),
    contentOrigin: reads('type, proxy.remoteUrl', 'listRepositorySettings'),
    retention: reads(
      'cleanup.policyNames, nextRun',
      'listRepositorySettings',
      'listCleanupPolicies',
      'listTasks',
    ),
    garbageCollection: reads('type, nextRun', 'listRepositorySettings', 'listTasks'),
    recovery: unsupported(
      'a deleted image cannot be brought back in a documented way; compacting the blob store removes it for good',
    ),
    encryption: partly(
      reads(
        'encryptionType, encryptionKey',
        'listRepositorySettings',
        'listBlobStores',
        'getS3BlobStore',
        'getGoogleBlobStore',
      ),
      diskEncryption,
    ),
    replication: unsupported(
      'the server copies images nowhere by itself; storage behind it and proxies elsewhere do',
    ),
    replicationTargets: unsupported('the server copies images nowhere by itself'),
    replicaSettings: unsupported('the server makes no copies whose settings could differ'),
    labels: unsupported('a repository has no tags; components have'),
  },
} as const satisfies Provides<OperationName>;
