import { type BuilderEntry, type KindOfSigner, kindsOfSigner } from '../../model/signer-entry.ts';
import { matchesAny } from '../../model/wildcard.ts';
import { tooWide } from '../glob.ts';
import type { CaTrust, Identity, IdentityTrust, Root, Signer, Subject } from '../signer.ts';
import { signatureStatement } from '../statement.ts';
import { listed, type Surroundings, TrustError, type TrustFiles } from './files.ts';
import { certificatesOf, keysOf, publicRoot, rootsOf } from './material.ts';
import { signersOfPolicy } from './policy.ts';

/** Provenance of SLSA, in each version that is in use. */
const provenance = ['https://slsa.dev/provenance/v1', 'https://slsa.dev/provenance/v0.2'];

/**
 * The signers that an entry of `expect.signers` or `expect.builders` declares: one, or those of the policy
 * that it names. Rejects with `TrustError`.
 */
export async function signersOf(
  entry: BuilderEntry,
  surroundings: Surroundings,
): Promise<readonly Signer[]> {
  const kind = kindOf(entry);
  refuseStrayKeys(entry, kind);
  const { repositories = [], builders = [], revocation = 'check' } = entry;
  const common = {
    name: entry.name,
    covers: ({ repository }: { readonly repository: string }) =>
      repositories.length === 0 || matchesAny(repositories, repository),
    statements: entry.statements ?? defaultStatements(kind, surroundings.list),
    builders,
    revocation,
    signaturesIn: listed(entry.signaturesIn),
  };
  if (kind === 'policy') return signersOfPolicy(entry.policy ?? '', common, surroundings);
  return [{ ...common, trust: await trustOf(entry, kind, surroundings) }];
}

function defaultStatements(kind: KindOfSigner, list: Surroundings['list']): readonly string[] {
  if (list === 'builders') return provenance;
  return kind === 'github' ? [signatureStatement, ...provenance] : [signatureStatement];
}

function kindOf(entry: BuilderEntry): KindOfSigner {
  const [kind, second] = kindsOfSigner.filter((key) => entry[key] !== undefined);
  const expected = `expected exactly one of ${kindsOfSigner.join(', ')}`;
  if (kind === undefined) {
    const only = entry.subject === undefined ? '' : 'subject needs issuer or ca; ';
    throw new TrustError(entry.subject === undefined ? 'name' : 'subject', `${only}${expected}`);
  }
  if (second !== undefined)
    throw new TrustError(second, `${expected}, found ${kind} and ${second}`);
  return kind;
}

/** Which further keys each kind of entry may have. */
const keysOfKind: Readonly<Record<KindOfSigner, readonly string[]>> = {
  key: ['hash'],
  issuer: ['subject', 'root', 'log'],
  github: ['ownerId', 'workflow', 'refs', 'selfHostedRunners', 'root', 'log'],
  ca: ['subject', 'tsa', 'revocation'],
  awsSigner: ['root', 'revocation'],
  policy: ['root', 'revocation'],
};
const ofAll = ['name', 'repositories', 'statements', 'signaturesIn', 'builders'];

function refuseStrayKeys(entry: BuilderEntry, kind: KindOfSigner): void {
  const allowed = [kind, ...ofAll, ...keysOfKind[kind]];
  const stray = Object.keys(entry).find((key) => !allowed.includes(key));
  if (stray !== undefined)
    throw new TrustError(
      stray,
      `${stray} says nothing of a signer by ${kind}; known with it: ${keysOfKind[kind].join(', ')}`,
    );
}

async function trustOf(
  entry: BuilderEntry,
  kind: Exclude<KindOfSigner, 'policy'>,
  surroundings: Surroundings,
): Promise<Signer['trust']> {
  const { files } = surroundings;
  switch (kind) {
    case 'key': {
      const paths = listed(entry.key);
      paths.forEach(refuseAddress);
      return { kind: 'key', keys: await keysOf(paths, entry.hash ?? null, files) };
    }
    case 'issuer':
      return identityTrust(entry, subjectIdentity(entry), surroundings);
    case 'github':
      return identityTrust(entry, githubIdentity(entry), surroundings);
    case 'ca':
      return caTrust(entry, files);
    case 'awsSigner':
      return awsTrust(entry, files);
  }
}

const exported: Readonly<Record<string, string>> = Object.fromEntries(
  ['awskms', 'gcpkms', 'azurekms', 'hashivault', 'k8s', 'gitlab'].map((scheme) => [
    scheme,
    `expected a file: export the key with cosign public-key --key URI > release.pub`,
  ]),
);

function refuseAddress(path: string): void {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//.exec(path)?.[1];
  if (scheme === undefined) return;
  const why = exported[scheme] ?? 'expected a file: what is trusted does not come from the network';
  throw new TrustError('key', `"${scheme}://…" is an address; ${why}`);
}

async function identityTrust(
  entry: BuilderEntry,
  identity: Identity,
  { files, trustedRoot, now }: Surroundings,
): Promise<IdentityTrust> {
  const { log = 'required' } = entry;
  const own = entry.root ?? (trustedRoot === undefined ? 'public' : undefined);
  let roots: readonly Root[] = [];
  if (own === 'public') roots = [publicRoot()];
  else if (own !== undefined) roots = await rootsOf('root', own, files, now);
  else roots = await rootsOf('trustedRoot', trustedRoot ?? '', files, now);
  if (log === 'off') {
    if (own === 'public')
      throw new TrustError('log', 'log: off needs root: FILE with a time-stamp authority');
    if (roots.some(({ root }) => root.timestampAuthorities.length === 0))
      throw new TrustError('log', 'log: off needs a root with a time-stamp authority');
  }
  return { kind: 'identity', roots, log, identity };
}

function subjectIdentity({ issuer = '', subject }: BuilderEntry): Identity {
  if (subject === undefined)
    throw new TrustError(
      'issuer',
      'issuer needs subject: an issuer speaks for everybody who signs in',
    );
  if (typeof subject !== 'string' && !Array.isArray(subject))
    throw new TrustError('subject', 'expected the identity as text: attributes are for ca');
  if (issuer.includes('*'))
    throw new TrustError('issuer', `"${issuer}" has a wildcard; the issuer must be written out`);
  if (!/^https?:\/\/[^/]/.test(issuer))
    throw new TrustError('issuer', 'expected an address such as https://accounts.google.com');
  const subjects = listed(subject);
  for (const one of subjects) {
    const wide = tooWide(one);
    if (wide !== null) throw new TrustError('subject', wide);
  }
  return { kind: 'subject', issuer, subjects };
}

const namePattern = '[A-Za-z0-9._-]+';

function githubIdentity(entry: BuilderEntry): Identity {
  const { github = '', workflow, refs = [], ownerId, selfHostedRunners = false } = entry;
  if (!new RegExp(`^${namePattern}/(?:\\*|${namePattern})$`).test(github))
    throw new TrustError('github', `expected OWNER/REPOSITORY or OWNER/*, found "${github}"`);
  if (
    workflow !== undefined &&
    !new RegExp(`^${namePattern}/${namePattern}/\\.github/workflows/`).test(workflow)
  )
    throw new TrustError(
      'workflow',
      'expected OWNER/REPOSITORY/.github/workflows/FILE.yml, with owner and repository written out',
    );
  return {
    kind: 'github',
    source: github,
    ownerId: ownerId ?? null,
    workflow: workflow ?? null,
    refs,
    selfHosted: selfHostedRunners,
  };
}

async function caTrust(entry: BuilderEntry, files: TrustFiles): Promise<CaTrust> {
  const { subject } = entry;
  if (typeof subject === 'string' || Array.isArray(subject))
    throw new TrustError(
      'subject',
      'expected attributes such as { C: DE, O: acme }: text is for issuer',
    );
  const anchors = await certificatesOf('ca', listed(entry.ca), files);
  return {
    kind: 'ca',
    anchors,
    subjects: subject === undefined ? null : [subject as Subject],
    stamps: await certificatesOf('tsa', listed(entry.tsa), files),
    stampWhen: 'expired',
    scheme: 'notary.x509',
    profiles: [],
  };
}

const profileArn =
  /^arn:aws[a-z-]*:signer:[a-z0-9-]+:\d{12}:\/signing-profiles\/[A-Za-z0-9_]+(?:\/[A-Za-z0-9]+)?$/;

async function awsTrust(entry: BuilderEntry, files: TrustFiles): Promise<CaTrust> {
  const profiles = listed(entry.awsSigner);
  const wrong = profiles.find((one) => !profileArn.test(one));
  if (wrong !== undefined)
    throw new TrustError(
      'awsSigner',
      `expected the ARN of a signing profile, written out, found "${wrong}"`,
    );
  if (entry.root === undefined)
    throw new TrustError(
      'awsSigner',
      "awsSigner needs root: the file of AWS Signer's root certificate",
    );
  return {
    kind: 'ca',
    anchors: await certificatesOf('root', [entry.root], files),
    subjects: null,
    stamps: [],
    stampWhen: 'expired',
    scheme: 'notary.x509.signingAuthority',
    profiles,
  };
}
