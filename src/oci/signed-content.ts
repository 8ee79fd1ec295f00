import { DecodeError, type JsonObject, objectAt, objectOf, stringAt } from '../decode/fields.ts';
import { type About, aboutEnvelope, base64At, jsonIn } from './statement.ts';

/*
 * The digests in signed content of cosign, Sigstore and Notation. Nothing is verified here: anyone who can
 * push can write them. But content that names another image, or none, is not a signature of this one.
 */

/**
 * The subject of a cosign payload (sigstore/cosign, specs/SIGNATURE_SPEC.md). Throws `DecodeError` for
 * anything else.
 */
export function aboutSimpleSigning(bytes: Uint8Array): About {
  const critical = objectAt(objectOf(jsonIn(bytes), 'the payload'), 'critical');
  if (stringAt(critical, 'type') !== 'cosign container image signature') {
    throw new DecodeError('the payload is not about an image');
  }
  const image = objectAt(critical, 'image');
  // The specification uses a capital; Go accepts both and writes lower case.
  const key =
    'docker-manifest-digest' in image ? 'docker-manifest-digest' : 'Docker-manifest-digest';
  return { digests: [stringAt(image, key)], predicate: null };
}

/** Thrown for a format that this version does not support. */
export class Newer extends Error {
  override readonly name = 'Newer';
}

const knownBundles =
  /^application\/vnd\.dev\.sigstore\.bundle(?:\.v0\.3\+json|\+json;version=0\.[123])$/;

/**
 * The subject of a Sigstore bundle (sigstore/protobuf-specs, sigstore_bundle.proto): a DSSE envelope with an
 * in-toto statement, or a signature over a digest. Throws `DecodeError` or `Newer` for anything else.
 */
export function aboutBundle(bytes: Uint8Array): About {
  const bundle = objectOf(jsonIn(bytes), 'the bundle');
  if (!knownBundles.test(stringAt(bundle, 'mediaType')))
    throw new Newer('an unsupported bundle version');
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
    throw new Newer('an unsupported digest algorithm');
  const hex = Buffer.from(base64At(digest, 'digest')).toString('hex');
  return { digests: [`sha256:${hex}`], predicate: null };
}

/** The subject of an attestation layer of cosign versions before bundles. */
export function aboutDsse(bytes: Uint8Array): About {
  return aboutEnvelope(objectOf(jsonIn(bytes), 'the envelope'));
}

/**
 * The subject of a Notation JWS envelope, which is always flattened JSON (notaryproject/specifications,
 * signature-envelope-jws.md). Throws `DecodeError` for anything else.
 */
export function aboutJws(bytes: Uint8Array): About {
  const envelope = objectOf(jsonIn(bytes), 'the envelope');
  base64At(envelope, 'protected');
  base64At(envelope, 'signature');
  return aboutTarget(jsonIn(base64At(envelope, 'payload')));
}

/**
 * The subject of a Notation COSE envelope, a tagged COSE_Sign1 (signature-envelope-cose.md). Throws
 * `DecodeError` for anything else.
 */
export async function aboutCose(bytes: Uint8Array): Promise<About> {
  // Loaded on demand: few images have one.
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
    throw new DecodeError('the envelope is not a COSE_Sign1');
  }
  return aboutTarget(jsonIn(payload));
}

/** The subject of a Notation payload (signature-specification.md, Payload). */
function aboutTarget(raw: unknown): About {
  const target: JsonObject = objectAt(objectOf(raw, 'the payload'), 'targetArtifact');
  stringAt(target, 'mediaType');
  return { digests: [stringAt(target, 'digest')], predicate: null };
}
