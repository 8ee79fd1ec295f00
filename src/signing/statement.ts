import { type JsonObject, objectAt, objectOf, objectsAt, stringAt } from '../decode/fields.ts';
import { Refused } from './outcome.ts';

/** The statement by which cosign signs an image; plain signatures count as this one. */
export const signatureStatement = 'https://sigstore.dev/cosign/sign/v1';

/** What a signature says, once its signer is known. */
export interface Said {
  /** The type of its in-toto statement; null: a plain signature. */
  readonly predicate: string | null;
  /** Digests of the images it is about. */
  readonly digests: readonly string[];
  /** The identity of the builder in SLSA provenance; null: none is stated. */
  readonly builder: string | null;
}

/** The bytes that a DSSE signature covers (secure-systems-lab/dsse, protocol.md). */
export function preAuthentication(type: string, payload: Buffer): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

const statements = ['https://in-toto.io/Statement/v0.1', 'https://in-toto.io/Statement/v1'];

/** Decodes an in-toto statement. Throws `DecodeError` or `Refused` for anything else. */
export function statementOf(payload: Buffer): Said {
  const statement = jsonOf(payload, 'the statement');
  if (!statements.includes(stringAt(statement, '_type')))
    throw new Refused('what it signs is not an in-toto statement');
  const digests = objectsAt(statement, 'subject').flatMap((subject) => {
    const digest = objectAt(subject, 'digest')['sha256'];
    return typeof digest === 'string' ? [`sha256:${digest}`] : [];
  });
  const predicate = stringAt(statement, 'predicateType');
  return { predicate, digests, builder: builderOf(statement['predicate']) };
}

/** The builder of SLSA provenance, version 1 or 0.2. */
function builderOf(predicate: unknown): string | null {
  for (const path of [
    ['runDetails', 'builder', 'id'],
    ['builder', 'id'],
  ]) {
    let value: unknown = predicate;
    for (const key of path)
      value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

/** Decodes cosign's payload (sigstore/cosign, specs/SIGNATURE_SPEC.md). */
export function simpleSigning(payload: Buffer, type = /^cosign container image signature$/): Said {
  const critical = objectAt(jsonOf(payload, 'the payload'), 'critical');
  if (!type.test(stringAt(critical, 'type'))) throw new Refused('what it signs is not an image');
  const image = objectAt(critical, 'image');
  const key = Object.hasOwn(image, 'docker-manifest-digest')
    ? 'docker-manifest-digest'
    : 'Docker-manifest-digest';
  return { predicate: null, digests: [stringAt(image, key)], builder: null };
}

export function jsonOf(bytes: Uint8Array, what: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Refused(`${what} is not JSON`);
  }
  return objectOf(value, what);
}

/** Base64 of either alphabet. */
export function base64Of(text: string, what: string): Buffer {
  if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return Buffer.from(text, 'base64');
  throw new Refused(`${what} is not base64`);
}
