import type { derivedFacts } from './derived.ts';
import type { Why } from './fact.ts';
import type { registryFacts } from './registry.ts';
import type { repositoryFacts } from './repository.ts';

/** What people call each fact; fits before "is unknown". */
const names: Readonly<
  Record<
    keyof typeof registryFacts | keyof typeof repositoryFacts | keyof typeof derivedFacts,
    string
  >
> = {
  administrators: 'who administers the registry',
  anonymousCatalog: 'whether anyone can list the repositories',
  anonymousPush: 'whether anyone can push without login',
  auditExport: 'where the audit log is exported to',
  auditLog: 'what the audit log records',
  auditRetention: 'how long the audit log is kept',
  buildTasks: 'which credentials the builds of the registry use',
  contentOrigin: 'where the images come from',
  credentials: 'which long-lived credentials exist',
  credentialUse: 'when each credential was last used',
  dataExport: 'whether images can be exported past the network rules',
  deleters: 'who can delete images',
  directory: 'how the registry connects to its directory',
  edgeRegistries: 'which copies of the registry serve other sites',
  encryption: 'how stored images are encrypted',
  garbageCollection: 'whether garbage collection removes untagged images',
  labels: 'which labels name the owner',
  legacyStorage: 'whether storage of a retired registry service is public',
  networkAccess: 'which networks can reach the registry',
  networkBypass: 'who can bypass the network rules',
  newRepositories: 'which defaults new repositories have',
  outsideAccess: 'which outside principals have access',
  privateEndpoints: 'which private endpoints exist',
  projectCreation: 'who can create repositories and projects',
  publicPull: 'who can pull without granted access',
  pushers: 'who can push',
  pushScan: 'whether pushed images are scanned',
  recentAttestations: 'whether recent images have attestations',
  recentCandidates: 'which signatures are attached to recent images',
  recentProvenance: 'whether recent images have provenance or an SBOM',
  recentScans: 'what the scans of recent images found',
  recentSignatures: 'whether recent images are signed',
  recentVerified: 'whose good signature recent images carry',
  recovery: 'whether a deleted image can be restored',
  replicaSettings: 'how replicas are set up',
  replication: 'where images are replicated to',
  replicationTargets: 'who owns the replication targets',
  rescan: 'whether images are rescanned',
  retention: 'which images are removed automatically',
  scanExceptions: 'which vulnerabilities are ignored',
  scanGate: 'whether vulnerable images are blocked',
  selfRegistration: 'whether anyone can create an account',
  settingsInForce: 'whether the registry policy is enforced',
  sharedLogin: 'whether a shared login is active',
  signatureGate: 'whether unsigned images are blocked',
  signIn: 'how users sign in',
  signing: 'whether images are signed on push',
  tagDigests: 'which image each tag names',
  tagLock: 'which tags are immutable',
  transport: 'how the registry is served',
  upstreams: 'which upstream registries are used',
  version: 'which version the registry runs',
  webhooks: 'which webhooks exist',
};

const byId: ReadonlyMap<string, string> = new Map(Object.entries(names));

/** The words for a fact, such as `how users sign in`; its id if a newer version wrote it. */
export function factName(fact: string): string {
  return byId.get(fact) ?? fact;
}

/** Why a fact is unknown, in words. */
export const whyWords: Readonly<Record<Why, string>> = {
  denied: 'access denied',
  'denied-or-absent': 'denied or absent; the response does not say which',
  'plan-gated': 'not available on this plan',
  throttled: 'rate limit reached',
  unreachable: 'not reached',
  undecodable: 'unexpected API response',
  pending: 'not finished yet',
  inconclusive: 'the API response is inconclusive',
  'not-exposed': "not available from the vendor's API",
  'not-collected': 'not collected',
  crashed: 'a fault in regaudit, please report it',
};
