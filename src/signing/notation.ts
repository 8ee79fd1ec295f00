import { constants, type KeyObject, verify } from 'node:crypto';
import type { Candidate } from '../model/candidates.ts';
import { requireAuthority } from './authority.ts';
import { requireActive } from './aws-signer.ts';
import { certificateOf } from './certificate.ts';
import { dayOf } from './chain.ts';
import { type Attributes, type NotationEnvelope, notationOf } from './notation-envelope.ts';
import { type Outcome, Refused, Undecided } from './outcome.ts';
import type { CaTrust, Signer } from './signer.ts';

/** Whether a Notation signature is good and by this signer. Throws `Refused`, `Undecided` or `DecodeError`. */
export function judgeNotation(
  candidate: Candidate,
  signer: Signer,
  trust: CaTrust,
  { digest, now }: { readonly digest: string; readonly now: Date },
): Extract<Outcome, { verdict: 'good' }> {
  const envelope = openedNotation(candidate, digest);
  const { attributes } = envelope;
  const pool = envelope.chain.map(certificateOf);
  const [leaf] = pool;
  if (leaf === undefined) throw new Refused('it brings no certificate');
  requireMathematics(envelope, leaf.x509.publicKey);
  const authority = attributes.scheme === 'notary.x509.signingAuthority';
  const aws = authority && attributes.plugin === awsPlugin;
  if (attributes.scheme !== trust.scheme)
    throw new Refused(
      authority ? 'it is signed by a signing authority' : 'it is not signed by a signing authority',
      'kind',
    );
  const { by, ends } = requireAuthority(
    {
      leaf,
      pool: pool.slice(1),
      signature: envelope.signature,
      stamps: envelope.stamp === null ? [] : [envelope.stamp],
      authenticTime: authority ? attributes.authenticTime : null,
      answers: candidate.revocation ?? [],
    },
    trust,
    // AWS Signer answers for revocation itself.
    aws ? { revocation: 'off' } : signer,
    now,
  );
  if (attributes.expiry !== null && now > attributes.expiry)
    throw new Refused(`the signer let it end on ${dayOf(attributes.expiry)}`, 'time');
  const profile = aws ? requireActive(candidate, attributes, trust, signer) : null;
  return { verdict: 'good', says: profile ?? by, ends };
}

/** Opens it and checks what no trust is needed for. */
export function openedNotation(candidate: Candidate, digest: string): NotationEnvelope {
  const envelope = notationOf(candidate);
  if (envelope.target.digest !== digest)
    throw new Refused(`the signature filed here is of ${envelope.target.digest}`);
  requireUnderstood(envelope.attributes);
  return envelope;
}

const prefix = 'io.cncf.notary';
const schemes = ['notary.x509', 'notary.x509.signingAuthority'];
const understood = ['signingScheme', 'authenticSigningTime', 'expiry', 'verificationPlugin'].map(
  (name) => `${prefix}.${name}`,
);
const awsPrefix = 'com.amazonaws.signer.';
const awsPlugin = 'com.amazonaws.signer.notation.plugin';

function requireUnderstood({ scheme, critical, plugin, authenticTime, expiry }: Attributes): void {
  if (!schemes.includes(scheme)) throw new Undecided(`its signing scheme ${scheme} is unknown`);
  const needed = [
    'signingScheme',
    ...(authenticTime === null ? [] : ['authenticSigningTime']),
    ...(expiry === null ? [] : ['expiry']),
  ];
  const missing = needed.find((name) => !critical.includes(`${prefix}.${name}`));
  if (missing !== undefined) throw new Refused(`its ${missing} is not marked critical`);
  if (scheme === 'notary.x509.signingAuthority' && authenticTime === null)
    throw new Refused('it lacks the time at which the authority signed');
  if (plugin !== null && plugin !== awsPlugin)
    throw new Undecided(`only the plugin ${plugin} can verify it`);
  const known = (name: string) =>
    understood.includes(name) ||
    name === `${prefix}.verificationPluginMinVersion` ||
    (plugin === awsPlugin && name.startsWith(awsPrefix));
  const foreign = critical.find((name) => !known(name));
  if (foreign !== undefined) throw new Undecided(`its critical attribute ${foreign} is unknown`);
}

/** The algorithm follows from the key, never from the signature's own word (signature-specification.md). */
function requireMathematics(
  { algorithm, covered, signature }: NotationEnvelope,
  key: KeyObject,
): void {
  const wanted = algorithmOf(key);
  if (wanted === null || wanted !== algorithm)
    throw new Refused('its algorithm does not fit the key of its certificate');
  const hash = `sha${wanted.slice(2)}`;
  const how = wanted.startsWith('PS')
    ? {
        key,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      }
    : { key, dsaEncoding: 'ieee-p1363' as const };
  if (!verify(hash, covered, how, signature))
    throw new Refused('the signature does not fit what it signs');
}

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string | null {
  if (asymmetricKeyType === 'rsa') {
    const bits = asymmetricKeyDetails?.modulusLength;
    return { 2048: 'PS256', 3072: 'PS384', 4096: 'PS512' }[bits ?? 0] ?? null;
  }
  const curve = asymmetricKeyType === 'ec' ? asymmetricKeyDetails?.namedCurve : undefined;
  return { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' }[curve ?? ''] ?? null;
}
