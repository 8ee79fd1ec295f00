import { DecodeError, type JsonObject, objectAt, objectOf, stringAt } from '../decode/fields.ts';
import { type About, aboutEnvelope, base64At, jsonIn } from './statement.ts';

/*
 * What the signed bytes of cosign, Sigstore and Notation name. Nothing is verified here: whoever may push
 * can write these. But what names another image, or no image, is no signature of this one.
 */

/**
 * The payload that cosign signs beside an image (sigstore/cosign, specs/SIGNATURE_SPEC.md). Throws
 * `DecodeError` for anything else.
 */
export function aboutSimpleSigning(bytes: Uint8Array): About {
  const critical = objectAt(objectOf(jsonIn(bytes), 'the payload'), 'critical');
  if (stringAt(critical, 'type') !== 'cosign container image signature') {
    throw new DecodeError('the payload is of no image');
  }
  const image = objectAt(critical, 'image');
  // The specification writes it with a capital; Go, which reads either, writes it without.
  const key =
    'docker-manifest-digest' in image ? 'docker-manifest-digest' : 'Docker-manifest-digest';
  return { digests: [stringAt(image, key)], predicate: null };
}

/** Thrown for a format that is newer than this program. */
export class Newer extends Error {
  override readonly name = 'Newer';
}

const knownBundles =
  /^application\/vnd\.dev\.sigstore\.bundle(?:\.v0\.3\+json|\+json;version=0\.[123])$/;

/**
 * A Sigstore bundle (sigstore/protobuf-specs, sigstore_bundle.proto): a DSSE envelope with an in-toto
 * statement, or a signature over a digest. Throws `DecodeError` or `Newer` for anything else.
 */
export function aboutBundle(bytes: Uint8Array): About {
  const bundle = objectOf(jsonIn(bytes), 'the bundle');
  if (!knownBundles.test(stringAt(bundle, 'mediaType'))) throw new Newer('a new kind of bundle');
  objectAt(bundle, 'verificationMaterial');
  const { dsseEnvelope, messageSignature } = bundle;
  if (dsseEnvelope !== undefined) {
    if (messageSignature !== undefined) throw new DecodeError('the bundle has two contents');
    return aboutEnvelope(objectOf(dsseEnvelope, 'dsseEnvelope'));
  }
  const signature = objectOf(messageSignature, 'messageSignature');
  base64At(signature, 'signature');
  const digest = objectAt(signature, 'messageDigest');
  if (stringAt(digest, 'algorithm') !== 'SHA2_256')
    throw new Newer('a digest of another algorithm');
  const hex = Buffer.from(base64At(digest, 'digest')).toString('hex');
  return { digests: [`sha256:${hex}`], predicate: null };
}

/** The layer of an attestation of cosign before it wrote bundles. */
export function aboutDsse(bytes: Uint8Array): About {
  return aboutEnvelope(objectOf(jsonIn(bytes), 'the envelope'));
}

/**
 * The envelope of Notation in JWS, which is flattened JSON alone (notaryproject/specifications,
 * signature-envelope-jws.md). Throws `DecodeError` for anything else.
 */
export function aboutJws(bytes: Uint8Array): About {
  const envelope = objectOf(jsonIn(bytes), 'the envelope');
  base64At(envelope, 'protected');
  base64At(envelope, 'signature');
  return aboutTarget(jsonIn(base64At(envelope, 'payload')));
}

/**
 * The envelope of Notation in COSE: a COSE_Sign1 with its tag (signature-envelope-cose.md). Throws
 * `DecodeError` for anything else.
 */
export async function aboutCose(bytes: Uint8Array): Promise<About> {
  // Loaded when it is needed: few images have one.
  const { decode, Tag } = await import('cbor2');
  let envelope: unknown;
  try {
    envelope = decode(bytes, { maxDepth: 16 });
  } catch {
    throw new DecodeError('the envelope is not CBOR');
  }
  const parts: unknown =
    envelope instanceof Tag && envelope.tag === 18 ? envelope.contents : undefined;
  const [, , payload, signature]: readonly unknown[] = Array.isArray(parts) ? parts : [];
  if (!(payload instanceof Uint8Array) || !(signature instanceof Uint8Array)) {
    throw new DecodeError('the envelope is no COSE_Sign1');
  }
  return aboutTarget(jsonIn(payload));
}

/** The payload of Notation (signature-specification.md, Payload). */
function aboutTarget(raw: unknown): About {
  const target: JsonObject = objectAt(objectOf(raw, 'the payload'), 'targetArtifact');
  stringAt(target, 'mediaType');
  return { digests: [stringAt(target, 'digest')], predicate: null };
}
