import { globMatches, tooWide } from '../glob.ts';
import { type Hash, hashes, publicKeyIn } from '../public-key.ts';
import type { Place, Signer } from '../signer.ts';
import type { Surroundings } from './files.ts';
import { publicRoot } from './material.ts';
import { type Common, keysIn, listIn, mistake, type PolicyFile, textsIn } from './policy-file.ts';

/**
 * The signers of a ClusterImagePolicy (sigstore/policy-controller): what of it is written out. What passes
 * anything, only warns, or lies in the cluster or elsewhere is a mistake here, never half a policy.
 */
export async function clusterPolicy(
  file: PolicyFile,
  common: Common,
  _: Surroundings,
): Promise<readonly Signer[]> {
  const { kind, spec } = keysIn(file.document.value);
  if (kind !== 'ClusterImagePolicy')
    throw mistake(file, ['kind'], `expected ClusterImagePolicy, found ${String(kind)}`);
  const { images, authorities, mode, policy } = keysIn(spec);
  if (mode === 'warn') throw mistake(file, ['spec', 'mode'], 'mode: warn passes anybody');
  if (policy !== undefined)
    throw mistake(file, ['spec', 'policy'], 'policy (CUE, Rego) is not read');
  const globs = listIn(images).map((one) => String(keysIn(one)['glob'] ?? ''));
  if (globs.length === 0) throw mistake(file, ['spec', 'images'], 'expected images with a glob');
  const covers = (place: Place) =>
    common.covers(place) && globs.some((glob) => coversName(glob, place));
  return listIn(authorities).map((authority, index) => {
    const at = ['spec', 'authorities', `${index}`];
    const fields = keysIn(authority);
    const name = `${common.name}: ${String(fields['name'] ?? `authority ${index}`)}`;
    return { ...common, name, covers, trust: trustOf(file, at, fields) };
  });
}

/** Globs may leave out the host of Docker Hub; those without a host are about names alone. */
function coversName(glob: string, { fullName, repository }: Place): boolean {
  return globMatches(glob, fullName ?? repository);
}

const unread = ['static', 'source', 'ctlog', 'rfc3161timestamp', 'attestations'];

function trustOf(
  file: PolicyFile,
  at: readonly string[],
  fields: Readonly<Record<string, unknown>>,
): Signer['trust'] {
  if (keysIn(fields['static'])['action'] === 'pass')
    throw mistake(file, [...at, 'static'], 'static: pass accepts any image');
  const foreign = unread.find((key) => fields[key] !== undefined);
  if (foreign !== undefined)
    throw mistake(file, [...at, foreign], `${foreign} is not read: declare the signer here`);
  if (fields['key'] !== undefined) return keyTrust(file, [...at, 'key'], keysIn(fields['key']));
  if (fields['keyless'] !== undefined)
    return keylessTrust(file, [...at, 'keyless'], keysIn(fields['keyless']));
  throw mistake(file, at, 'expected key or keyless');
}

function keyTrust(
  file: PolicyFile,
  at: readonly string[],
  { data, kms, secretRef, hashAlgorithm = 'sha256' }: Readonly<Record<string, unknown>>,
): Signer['trust'] {
  if (kms !== undefined)
    throw mistake(file, [...at, 'kms'], 'kms is not read: export the key and write it as data');
  if (secretRef !== undefined)
    throw mistake(
      file,
      [...at, 'secretRef'],
      'secretRef lies in the cluster: write the key as data',
    );
  const hash = hashes.find((one: Hash) => one === hashAlgorithm);
  if (hash === undefined)
    throw mistake(file, [...at, 'hashAlgorithm'], `expected one of ${hashes.join(', ')}`);
  try {
    return { kind: 'key', keys: [{ key: publicKeyIn(String(data ?? '')), hash }] };
  } catch (error) {
    throw mistake(file, [...at, 'data'], error instanceof Error ? error.message : '');
  }
}

function keylessTrust(
  file: PolicyFile,
  at: readonly string[],
  fields: Readonly<Record<string, unknown>>,
): Signer['trust'] {
  for (const key of ['trustRootRef', 'ca-cert', 'insecureIgnoreSCT', 'url'])
    if (fields[key] !== undefined)
      throw mistake(
        file,
        [...at, key],
        `${key} is not read: declare issuer, subject and root here`,
      );
  const identities = listIn(fields['identities']).map(keysIn);
  const [only, second] = identities;
  if (only === undefined || second !== undefined)
    throw mistake(file, [...at, 'identities'], 'expected exactly one identity');
  const regular = ['issuerRegExp', 'subjectRegExp'].find((key) => only[key] !== undefined);
  if (regular !== undefined)
    throw mistake(
      file,
      [...at, 'identities', '0', regular],
      `${regular} is a regular expression, which is not read: declare issuer and subject here`,
    );
  const [issuer, subject] = textsIn([only['issuer'], only['subject']]);
  if (
    issuer === undefined ||
    subject === undefined ||
    tooWide(subject) !== null ||
    issuer.includes('*')
  )
    throw mistake(file, [...at, 'identities', '0'], 'expected issuer and subject, written out');
  return {
    kind: 'identity',
    roots: [publicRoot()],
    log: 'required',
    identity: { kind: 'subject', issuer, subjects: [subject] },
  };
}
