import { type KeyObject, sign } from 'node:crypto';
import type { Candidate } from '../../../src/model/candidates.ts';
import { type Party, sha256, signed } from './pki.ts';
import { stampResponse, stampToken } from './stamp.ts';

/** The digest of an image of this name. */
export function digestOf(name: string): string {
  return `sha256:${sha256(Buffer.from(name)).toString('hex')}`;
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

function candidate(
  form: Candidate['form'],
  content: Uint8Array,
  annotations: Readonly<Record<string, string>> = {},
): Candidate {
  const digest = `sha256:${sha256(content).toString('hex')}`;
  return { form, digest, content: base64(content), annotations: { ...annotations } };
}

export function simplePayload(digest: string): Buffer {
  const critical = {
    identity: { 'docker-reference': 'registry.example/app' },
    image: { 'docker-manifest-digest': digest },
    type: 'cosign container image signature',
  };
  return Buffer.from(JSON.stringify({ critical, optional: null }));
}

/** A signature of cosign below the tag `.sig`, by a key. */
export function simpleSigned(
  digest: string,
  key: KeyObject,
  {
    hash = hashFor(key),
    payload = simplePayload(digest),
  }: { hash?: string | null; payload?: Buffer } = {},
): Candidate {
  const signature = sign(hash, payload, key);
  return candidate('simple-signing', payload, {
    'dev.cosignproject.cosign/signature': base64(signature),
  });
}

export function hashFor(key: KeyObject): string | null {
  if (key.asymmetricKeyType === 'ed25519') return null;
  switch (key.asymmetricKeyDetails?.namedCurve) {
    case 'secp384r1':
      return 'sha384';
    case 'secp521r1':
      return 'sha512';
    default:
      return 'sha256';
  }
}

export const signPredicate = 'https://sigstore.dev/cosign/sign/v1';

export function statement(
  digest: string,
  predicateType = signPredicate,
  predicate: object = {},
): Buffer {
  const hex = digest.slice('sha256:'.length);
  return Buffer.from(
    JSON.stringify({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ digest: { sha256: hex } }],
      predicateType,
      predicate,
    }),
  );
}

const payloadType = 'application/vnd.in-toto+json';

export function covered(payload: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `),
    payload,
  ]);
}

export function envelope(payload: Buffer, signature: Uint8Array): object {
  return { payload: base64(payload), payloadType, signatures: [{ sig: base64(signature) }] };
}

const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json';

export function bundleCandidate(bundle: object): Candidate {
  return candidate('sigstore-bundle', Buffer.from(JSON.stringify(bundle)));
}

/** A bundle of cosign 3, by a key. */
export function bundleSigned(
  digest: string,
  key: KeyObject,
  {
    payload = statement(digest),
    hash = hashFor(key),
  }: { payload?: Buffer; hash?: string | null } = {},
): Candidate {
  return bundleCandidate({
    mediaType: bundleType,
    verificationMaterial: { publicKey: { hint: 'aGludA==' } },
    dsseEnvelope: envelope(payload, sign(hash, covered(payload), key)),
  });
}

/** A Sigstore of a test: an authority, a time-stamp authority and a log, each if given. */
export interface Sigstore {
  readonly ca: Party;
  /** Its signer, and the root of that. */
  readonly tsa?: readonly [Party, Party];
  readonly log?: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
}

/** Its `trusted_root.json`. */
export function trustedRoot({ ca, tsa, log }: Sigstore): object {
  const validFor = { start: '2020-01-01T00:00:00Z' };
  const authority = (...chain: readonly Party[]) => ({
    subject: { organization: 'acme', commonName: 'test' },
    uri: 'https://sigstore.example',
    certChain: { certificates: chain.map(({ der }) => ({ rawBytes: base64(der) })) },
    validFor,
  });
  const spki = log?.publicKey.export({ type: 'spki', format: 'der' });
  return {
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs:
      spki === undefined
        ? []
        : [
            {
              baseUrl: 'https://log.example',
              hashAlgorithm: 'SHA2_256',
              publicKey: {
                rawBytes: base64(spki),
                keyDetails: 'PKIX_ECDSA_P256_SHA_256',
                validFor,
              },
              logId: { keyId: base64(sha256(spki)) },
            },
          ],
    certificateAuthorities: [authority(ca)],
    ctlogs: [],
    timestampAuthorities: tsa === undefined ? [] : [authority(...tsa)],
  };
}

/** A bundle of cosign 3 with a certificate, time-stamped if there is an authority. */
export function bundleCertified(
  digest: string,
  leaf: Party,
  { tsa, at }: { readonly tsa?: Party; readonly at?: string } = {},
  payload: Buffer = statement(digest),
): Candidate {
  const signature = signed(covered(payload), leaf.key);
  const stamps =
    tsa === undefined || at === undefined
      ? {}
      : {
          timestampVerificationData: {
            rfc3161Timestamps: [
              { signedTimestamp: base64(stampResponse(stampToken(tsa, signature, at))) },
            ],
          },
        };
  return bundleCandidate({
    mediaType: bundleType,
    verificationMaterial: { certificate: { rawBytes: base64(leaf.der) }, ...stamps },
    dsseEnvelope: envelope(payload, signature),
  });
}

/** A signature of cosign below the tag `.sig`, by a certificate, with an entry of a log. */
export function simpleCertified(
  digest: string,
  leaf: Party,
  log: NonNullable<Sigstore['log']>,
  at: string,
): Candidate {
  const payload = simplePayload(digest);
  const signature = signed(payload, leaf.key);
  const body = base64(
    Buffer.from(
      JSON.stringify({
        apiVersion: '0.0.1',
        kind: 'hashedrekord',
        spec: {
          data: { hash: { algorithm: 'sha256', value: sha256(payload).toString('hex') } },
          signature: {
            content: base64(signature),
            publicKey: { content: base64(Buffer.from(leaf.pem)) },
          },
        },
      }),
    ),
  );
  const logID = sha256(log.publicKey.export({ type: 'spki', format: 'der' })).toString('hex');
  const integratedTime = Math.floor(Date.parse(at) / 1000);
  const entry = { body, integratedTime, logID, logIndex: 5 };
  return candidate('simple-signing', payload, {
    'dev.cosignproject.cosign/signature': base64(signature),
    'dev.sigstore.cosign/certificate': leaf.pem,
    'dev.sigstore.cosign/bundle': JSON.stringify({
      SignedEntryTimestamp: base64(signed(Buffer.from(JSON.stringify(entry)), log.privateKey)),
      Payload: { body, integratedTime, logIndex: 5, logID },
    }),
  });
}
