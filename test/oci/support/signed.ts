/*
 * Signed content as cosign, GitHub and notation write it. The signatures are made up: nothing here is about
 * whether they are valid.
 */
import { encode, Tag } from 'cbor2';
import { digest } from './registry.ts';

const base64 = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64');
const made = Buffer.from('made up').toString('base64');

/** What cosign signs beside an image. */
export const simpleSigning = (names = digest, type = 'cosign container image signature') => ({
  critical: {
    identity: { 'docker-reference': '' },
    image: { 'docker-manifest-digest': names },
    type,
  },
  optional: null,
});

/** The annotations of its layer. */
export const signed = { 'dev.cosignproject.cosign/signature': made };

const [, hex = ''] = digest.split(':');
export const statement = (predicateType: string, sha256 = hex) => ({
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: '', digest: { sha256 } }],
  predicateType,
  predicate: {},
});

export const dsse = (content: object, more = {}) => ({
  payload: base64(content),
  payloadType: 'application/vnd.in-toto+json',
  signatures: [{ sig: made }],
  ...more,
});

/** A bundle of Sigstore with this content. */
export const sigstoreBundle = (
  content: object,
  mediaType = 'application/vnd.dev.sigstore.bundle.v0.3+json',
) => ({ mediaType, verificationMaterial: { publicKey: { hint: made } }, ...content });

export const messageSignature = (sha256: string) => ({
  messageSignature: {
    messageDigest: {
      algorithm: 'SHA2_256',
      digest: Buffer.from(sha256, 'hex').toString('base64'),
    },
    signature: made,
  },
});

const target = (names: string) => ({
  targetArtifact: {
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest: names,
    size: 7,
  },
});

export const jws = (names = digest) => ({
  payload: Buffer.from(JSON.stringify(target(names))).toString('base64url'),
  protected: Buffer.from('{"alg":"PS256"}').toString('base64url'),
  header: { x5c: [made] },
  signature: Buffer.from('made up').toString('base64url'),
});

/** A COSE_Sign1; `tag`: 18 is what makes it one. */
export const cose = (names = digest, tag = 18): Buffer =>
  Buffer.from(
    encode(
      new Tag(tag, [
        new Uint8Array([0xa1, 0x01, 0x38, 0x24]),
        new Map([[33, [new Uint8Array([1, 2, 3])]]]),
        new Uint8Array(Buffer.from(JSON.stringify(target(names)))),
        new Uint8Array([4, 5, 6]),
      ]),
    ),
  );
