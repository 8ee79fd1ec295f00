import { createPublicKey, type KeyObject, verify } from 'node:crypto';

export const hashes = ['sha256', 'sha384', 'sha512'] as const;
export type Hash = (typeof hashes)[number];

/** A declared public key. `hash`: the only one that it signs with; null: any that its kind allows. */
export interface PublicKey {
  readonly key: KeyObject;
  readonly hash: Hash | null;
}

/**
 * Whether a signature over bytes is this key's. `cannot`: the key may have signed in a way that
 * node:crypto does not verify (Ed25519ph, as cosign writes).
 */
export function fits(
  { key, hash }: PublicKey,
  data: Uint8Array,
  signature: Uint8Array,
): 'yes' | 'no' | 'cannot' {
  if (key.asymmetricKeyType === 'ed25519')
    return verify(null, data, key, signature) ? 'yes' : signature.length === 64 ? 'cannot' : 'no';
  const hashes = hash === null ? hashesOf(key) : [hash];
  return hashes.some((one) => verify(one, data, key, signature)) ? 'yes' : 'no';
}

/** The curve's own hash and SHA-256: cosign uses the first, key services often the second. */
function hashesOf(key: KeyObject): readonly Hash[] {
  if (key.asymmetricKeyType === 'rsa') return ['sha256', 'sha384', 'sha512'];
  switch (key.asymmetricKeyDetails?.namedCurve) {
    case 'secp384r1':
      return ['sha384', 'sha256'];
    case 'secp521r1':
      return ['sha512', 'sha256'];
    default:
      return ['sha256'];
  }
}

const curves = ['prime256v1', 'secp384r1', 'secp521r1'];

/** Reads a PEM public key. Throws an `Error` that says what was expected; it quotes nothing of the text. */
export function publicKeyIn(text: string): KeyObject {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text))
    throw new Error('this is a private key, expected a public one');
  if (!/-----BEGIN (?:RSA )?PUBLIC KEY-----/.test(text))
    throw new Error('expected a public key in PEM (BEGIN PUBLIC KEY)');
  let key: KeyObject;
  try {
    key = createPublicKey(text);
  } catch {
    throw new Error('expected a public key in PEM, and this one cannot be read');
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === 'ec' && curves.includes(details?.namedCurve ?? '')) return key;
  if (type === 'rsa' && (details?.modulusLength ?? 0) >= 2048) return key;
  if (type === 'ed25519') return key;
  throw new Error('expected ECDSA P-256, P-384 or P-521, RSA of at least 2048 bits, or Ed25519');
}
