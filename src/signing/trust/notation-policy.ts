import type { CaTrust, Place, Signer, Subject } from '../signer.ts';
import type { Surroundings, TrustFiles } from './files.ts';
import { certificatesOf } from './material.ts';
import { type Common, keysIn, listIn, mistake, type PolicyFile, textsIn } from './policy-file.ts';

/**
 * The signers of a trust policy of Notation, judged as strict whatever its level: permissive and audit pass
 * anybody (notaryproject/specifications, trust-store-trust-policy.md). Its stores lie beside it, as the tool
 * has them: `truststore/x509/TYPE/NAME/`.
 */
export async function notationPolicy(
  file: PolicyFile,
  common: Common,
  { files }: Surroundings,
): Promise<readonly Signer[]> {
  const policies = listIn(keysIn(file.document.value)['trustPolicies']).map(keysIn);
  const scoped = policies.flatMap((policy) => textsIn(policy['registryScopes']));
  const signers: Signer[] = [];
  for (const [index, policy] of policies.entries()) {
    const at = ['trustPolicies', `${index}`];
    const scopes = textsIn(policy['registryScopes']);
    if (scopes.length === 0)
      throw mistake(file, at, 'expected registryScopes: repositories, or "*"');
    const covers = (place: Place) => common.covers(place) && inScope(place, scopes, scoped);
    const name = `${common.name}: ${String(policy['name'] ?? index)}`;
    const verification = keysIn(policy['signatureVerification']);
    if (verification['level'] === 'skip') {
      signers.push({ ...common, name, covers, trust: { kind: 'skip' } });
      continue;
    }
    const trust = await trustOf(file, at, policy, files);
    const override = keysIn(verification['override'])['revocation'];
    const revocation = override === 'skip' ? 'off' : common.revocation;
    signers.push(
      ...trust.map((one) => ({ ...common, name, covers, revocation, trust: one }) as const),
    );
  }
  return signers;
}

/** The scope of the repository's full name decides, else `*`. */
function inScope({ fullName }: Place, scopes: readonly string[], all: readonly string[]): boolean {
  if (fullName !== null && all.includes(fullName)) return scopes.includes(fullName);
  return scopes.includes('*');
}

async function trustOf(
  file: PolicyFile,
  at: readonly string[],
  policy: Readonly<Record<string, unknown>>,
  files: TrustFiles,
): Promise<readonly CaTrust[]> {
  const stores = textsIn(policy['trustStores']);
  const of = async (type: string) => {
    const names = stores.filter((one) => one.startsWith(`${type}:`));
    const all = await Promise.all(names.map((one) => storeOf(file, at, one, files)));
    return all.flat();
  };
  const [roots, authorities, stamps] = [
    await of('ca'),
    await of('signingAuthority'),
    await of('tsa'),
  ];
  if (roots.length + authorities.length === 0)
    throw mistake(file, [...at, 'trustStores'], 'expected a trust store, such as "ca:acme"');
  const { subjects, profiles } = identitiesOf(file, at, textsIn(policy['trustedIdentities']));
  const when = keysIn(policy['signatureVerification'])['verifyTimestamp'];
  const common = {
    kind: 'ca',
    subjects,
    stamps,
    stampWhen: when === 'afterCertExpiry' ? 'expired' : 'always',
  } as const;
  return [
    ...(roots.length > 0
      ? [{ ...common, anchors: roots, scheme: 'notary.x509' as const, profiles: [] }]
      : []),
    ...(authorities.length > 0
      ? [
          {
            ...common,
            anchors: authorities,
            // The profile is the identity where one is named.
            subjects: profiles.length > 0 ? null : subjects,
            scheme: 'notary.x509.signingAuthority' as const,
            profiles,
          },
        ]
      : []),
  ];
}

async function storeOf(file: PolicyFile, at: readonly string[], store: string, files: TrustFiles) {
  const [type = '', name = ''] = store.split(':');
  const folder = files.beside(file.path, `truststore/x509/${type}/${name}`);
  const paths = /^[A-Za-z0-9_.-]+$/.test(name) ? await files.list(folder) : null;
  if (paths === null || paths.length === 0)
    throw mistake(
      file,
      [...at, 'trustStores'],
      `"${store}" has no certificates: expected them in ${folder}`,
    );
  return certificatesOf('policy', paths, files);
}

/** What the identities of a policy say: subjects, profiles of AWS Signer, or anybody (`*`). */
function identitiesOf(file: PolicyFile, at: readonly string[], identities: readonly string[]) {
  const where = [...at, 'trustedIdentities'];
  if (identities.length === 0) throw mistake(file, where, 'expected identities, or "*"');
  if (identities.includes('*')) return { subjects: null, profiles: [] };
  const profiles = identities.filter((one) => one.startsWith('arn:'));
  const subjects = identities
    .filter((one) => !one.startsWith('arn:'))
    .map((one) => {
      const subject = /^x509\.subject:\s*(.+)$/.exec(one)?.[1];
      const parsed = subject === undefined ? null : subjectOf(subject);
      if (parsed === null)
        throw mistake(file, where, `expected "x509.subject: C=…, ST=…, O=…", found "${one}"`);
      const missing = ['C', 'ST', 'O'].find((key) => parsed[key] === undefined);
      if (missing !== undefined)
        throw mistake(file, where, `"${one}" has no ${missing}; C, ST and O are needed`);
      return parsed;
    });
  for (const [index, one] of subjects.entries()) {
    const covers = (other: Subject) =>
      Object.entries(one).every(([key, value]) => other[key] === value);
    if (subjects.some((other, position) => position !== index && covers(other)))
      throw mistake(file, where, 'two identities overlap');
  }
  return { subjects, profiles };
}

/** Parses `C=DE, ST=BE, O=acme` (RFC 4514 with plain values and escaped commas); null: it is none. */
export function subjectOf(text: string): Subject | null {
  const found: Record<string, string> = {};
  for (const part of text.split(/(?<!\\),/)) {
    const [, key, value] = /^\s*([A-Za-z]+)\s*=\s*(.*?)\s*$/s.exec(part) ?? [];
    if (key === undefined || value === undefined || value === '' || /[+"#<>;]/.test(value))
      return null;
    const name = key === 'S' ? 'ST' : key;
    if (Object.hasOwn(found, name)) return null;
    found[name] = value.replace(/\\(.)/g, '$1');
  }
  return found;
}
