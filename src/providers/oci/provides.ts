import { notExposed, type Provides, partly, reads, unsupported } from '../contract.ts';
import type { OperationName } from './operations.ts';

const spec = 'https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md';
const configuration = 'https://distribution.github.io/distribution/about/configuration/';

/** What the distribution API has no route for. `step`: what to check by hand. */
function hidden(what: string, step: string) {
  return notExposed(`the distribution API does not tell ${what}`, spec, step);
}

/** Which evidence from outside is not enough. */
export const rests = {
  signIn: notExposed(
    'the distribution API does not tell how people sign in',
    'https://distribution.github.io/distribution/spec/auth/token/',
    'look in the configuration of the registry or of its token service whether people sign in through a directory or with a second factor',
  ),
  projectCreation: hidden(
    'who may create repositories',
    'look in the access rules of the registry who may push to names that do not exist yet',
  ),
  pushers: hidden('who can push', 'look in the access rules of the registry who can push'),
  outsideAccess: hidden(
    'which foreign accounts have access',
    'look in the user list of the registry for accounts of other organizations',
  ),
} as const;

const byHand = (what: string, where: string) => hidden(what, `look ${where}`);
const images = [
  'listTags',
  'getManifest',
  'listReferrers',
  'getBlob',
  'getToken',
] as const satisfies readonly OperationName[];
const gate = [
  'ping',
  'discoverExtensions',
  'uploadMethods',
  'anonymousUploadMethods',
] as const satisfies readonly OperationName[];

/** Where every fact of the model comes from in a registry of which only the distribution API is known. */
export const provides = {
  registry: {
    anonymousPush: reads(
      'www-authenticate, allow, access[].actions',
      'ping',
      'discoverExtensions',
      'anonymousUploadMethods',
      'anonymousToken',
      'listRepositories',
    ),
    anonymousCatalog: reads('repositories', 'ping', 'anonymousCatalog', 'anonymousToken'),
    sharedLogin: byHand(
      'which logins are shared',
      'in the user list of the registry for a shared or default administrator',
    ),
    signIn: partly(reads('www-authenticate', 'ping', 'discoverExtensions'), rests.signIn),
    selfRegistration: byHand(
      'whether strangers can create accounts',
      'in the settings of the registry or of its token service whether accounts can be created without invitation',
    ),
    credentials: byHand(
      'which credentials exist',
      'in the user list or htpasswd file which credentials exist and when they end',
    ),
    credentialUse: byHand(
      'when credentials were last used',
      'in the access log which credentials are still used',
    ),
    administrators: byHand(
      'who administers the registry',
      'who can change the configuration of the registry and of its host',
    ),
    projectCreation: partly(reads('www-authenticate, allow', ...gate), rests.projectCreation),
    networkAccess: byHand(
      'from which networks it is reached',
      'at the firewall from which networks the registry is reached',
    ),
    privateEndpoints: byHand(
      'whether it has a private endpoint',
      'whether clients reach the registry through a private network',
    ),
    networkBypass: byHand(
      'who passes the network rules',
      'at the firewall for exceptions to the rules',
    ),
    transport: reads('certificate, versions of TLS, www-authenticate', 'ping', 'probeTls'),
    auditLog: notExposed(
      'the distribution API does not tell what is logged',
      `${configuration}#accesslog`,
      'look whether the access log is on and records pushes and pulls with the user',
    ),
    auditExport: notExposed(
      'the distribution API does not tell where logs go',
      `${configuration}#notifications`,
      'look whether logs or notifications are sent to a system of the security team',
    ),
    auditRetention: byHand('how long logs are kept', 'how long the logs are kept'),
    upstreams: notExposed(
      'a pull-through cache looks like any other registry from outside',
      `${configuration}#proxy`,
      'look in the configuration for a remote source (proxy, mirror or sync) and how it is reached',
    ),
    version: notExposed(
      'a registry need not tell its release',
      `${spec}#determining-support`,
      'look which release runs, and whether it still gets fixes',
    ),
    newRepositories: byHand(
      'how new repositories begin',
      'in the access rules what holds for names that do not exist yet',
    ),
    directory: byHand(
      'how it reaches a directory',
      'in the configuration whether LDAP and OIDC are reached over verified TLS',
    ),
    dataExport: byHand(
      'whether images can be sent elsewhere',
      'in the configuration for replication or sync to other registries',
    ),
    buildTasks: byHand(
      'whether it runs builds',
      'whether the product runs builds with credentials',
    ),
    edgeRegistries: byHand('which mirrors exist', 'which mirrors serve clients by themselves'),
    legacyStorage: byHand(
      'where its storage is',
      'whether the bucket or volume behind the registry is private',
    ),
    settingsInForce: byHand(
      'whether its configuration is in force',
      'whether the registry was restarted after its configuration was changed',
    ),
    labels: unsupported('the distribution API has no labels'),
  },
  repository: {
    publicPull: reads('status', 'ping', 'listTags', 'anonymousPull', 'anonymousToken'),
    pushers: partly(reads('www-authenticate, allow', ...gate), rests.pushers),
    deleters: notExposed(
      'the distribution API does not tell who can delete: a route is offered also where deletion is off',
      `${configuration}#delete`,
      'look whether deletion is enabled, and for whom',
    ),
    outsideAccess: partly(
      reads('status', 'ping', 'listTags', 'anonymousPull', 'anonymousToken'),
      rests.outsideAccess,
    ),
    webhooks: notExposed(
      'the distribution API does not tell who is notified',
      `${configuration}#notifications`,
      'look whether each notification endpoint is reached over verified TLS',
    ),
    pushScan: byHand('whether images are scanned', 'whether pushed images are scanned'),
    rescan: byHand('whether images are scanned again', 'whether images are scanned again'),
    scanGate: byHand(
      'whether vulnerable images are refused',
      'whether the cluster or the pipeline refuses vulnerable images',
    ),
    recentScans: byHand('what scans found', 'what the scanner found in the newest images'),
    scanExceptions: byHand(
      'which vulnerabilities are ignored',
      'at the exceptions of the scanner and when they end',
    ),
    signing: byHand(
      'whether the platform signs images',
      'whether the pipeline signs what it pushes',
    ),
    signatureGate: byHand(
      'whether unsigned images are refused',
      'whether the admission control of the cluster refuses unsigned images',
    ),
    recentSignatures: reads('manifests[].artifactType, layers[]', ...images),
    recentAttestations: reads('manifests[].artifactType, layers[]', ...images),
    recentCandidates: reads('layers[]', ...images),
    tagDigests: reads('digest of the content', ...images),
    tagLock: byHand(
      'whether tags can be moved',
      'whether the product locks tags, and which of them',
    ),
    contentOrigin: byHand(
      'where images come from',
      'in the configuration whether the registry is a pull-through cache',
    ),
    retention: byHand(
      'which images are removed by themselves',
      'which rules or jobs remove images',
    ),
    garbageCollection: notExposed(
      'the distribution API does not tell whether garbage is collected',
      'https://distribution.github.io/distribution/about/garbage-collection/',
      'look whether garbage collection runs regularly and removes untagged images',
    ),
    recovery: byHand('whether images can be brought back', 'at the backups of its storage'),
    encryption: notExposed(
      'the distribution API does not tell how images are stored',
      `${configuration}#storage`,
      'look with whose key the storage behind the registry is encrypted',
    ),
    replication: byHand('where images are copied', 'where else images are copied'),
    replicationTargets: byHand('where images are copied', 'where else images are copied'),
    replicaSettings: byHand('how copies are set up', 'how the copies are set up'),
    labels: unsupported('the distribution API has no labels of repositories'),
  },
} as const satisfies Provides<OperationName>;
