import { decode, Tag } from 'cbor2';
import {
  type JsonObject,
  numberAt,
  objectAt,
  objectOf,
  stringAt,
  stringsAt,
} from '../decode/fields.ts';
import type { Candidate } from '../model/candidates.ts';
import { Refused } from './outcome.ts';
import { base64Of, jsonOf } from './statement.ts';

/** A Notation signature, whichever envelope holds it (notaryproject/specifications). */
export interface NotationEnvelope {
  readonly algorithm: string;
  readonly covered: Buffer;
  readonly signature: Buffer;
  /** Leaf first, in DER. */
  readonly chain: readonly Buffer[];
  readonly stamp: Buffer | null;
  readonly attributes: Attributes;
  /** The signed image. */
  readonly target: { readonly mediaType: string; readonly digest: string; readonly size: number };
}

export interface Attributes {
  readonly scheme: string;
  readonly authenticTime: Date | null;
  readonly expiry: Date | null;
  /** Names that a reader must understand. */
  readonly critical: readonly string[];
  readonly plugin: string | null;
  /** Signed attributes as text, such as those of AWS Signer. */
  readonly texts: ReadonlyMap<string, string>;
}

const prefix = 'io.cncf.notary';
const payloadType = 'application/vnd.cncf.notary.payload.v1+json';

/** Opens a Notation signature. Throws `Refused` or `DecodeError` if it is malformed. */
export function notationOf({ form, content }: Candidate): NotationEnvelope {
  const bytes = Buffer.from(content, 'base64');
  return form === 'notation-cose' ? coseOf(bytes) : jwsOf(bytes);
}

/** Flattened JSON (signature-envelope-jws.md). */
function jwsOf(bytes: Buffer): NotationEnvelope {
  const envelope = jsonOf(bytes, 'the envelope');
  const [head, payload] = [stringAt(envelope, 'protected'), stringAt(envelope, 'payload')];
  const header = jsonOf(base64Of(head, 'its header'), 'its header');
  const unsigned = objectAt(envelope, 'header');
  const stamp = unsigned[`${prefix}.timestampSignature`];
  requireType(stringAt(header, 'cty'));
  return {
    algorithm: stringAt(header, 'alg'),
    covered: Buffer.from(`${head}.${payload}`),
    signature: base64Of(stringAt(envelope, 'signature'), 'its signature'),
    chain: stringsAt(unsigned, 'x5c').map((one) => base64Of(one, 'its certificate')),
    stamp: typeof stamp === 'string' ? base64Of(stamp, 'its time-stamp') : null,
    attributes: attributesOf(header, (value) => new Date(String(value))),
    target: targetOf(base64Of(payload, 'its payload')),
  };
}

const coseAlgorithms: Readonly<Record<string, string>> = {
  '-37': 'PS256',
  '-38': 'PS384',
  '-39': 'PS512',
  '-7': 'ES256',
  '-35': 'ES384',
  '-36': 'ES512',
};

/** A tagged COSE_Sign1 (signature-envelope-cose.md). */
function coseOf(bytes: Buffer): NotationEnvelope {
  const envelope = cborOf(bytes);
  const parts: unknown = envelope instanceof Tag && envelope.tag === 18 ? envelope.contents : null;
  if (!Array.isArray(parts) || parts.length !== 4)
    throw new Refused('its envelope is not a COSE_Sign1');
  const [head, unsigned, payload, signature]: readonly unknown[] = parts;
  if (!isBytes(head) || !isBytes(payload) || !isBytes(signature))
    throw new Refused('its envelope is not a COSE_Sign1');
  const header = keysOf(cborOf(head));
  const loose = keysOf(unsigned);
  const algorithm = coseAlgorithms[String(header['1'])];
  if (algorithm === undefined) throw new Refused('its algorithm is not one of Notation');
  requireType(stringAt(header, '3'));
  const chain: unknown = loose['33'];
  const stamp = loose[`${prefix}.timestampSignature`];
  const readTime = (value: unknown) =>
    new Date(
      value instanceof Date ? value : Number(value instanceof Tag ? value.contents : value) * 1000,
    );
  return {
    algorithm,
    covered: sigStructure(head, payload),
    signature: Buffer.from(signature),
    chain: (Array.isArray(chain) ? chain : [chain]).filter(isBytes).map((one) => Buffer.from(one)),
    stamp: isBytes(stamp) ? Buffer.from(stamp) : null,
    attributes: attributesOf({ ...header, crit: textsOf(header['2']) }, readTime),
    target: targetOf(Buffer.from(payload)),
  };
}

/** Critical labels may be numbers; a number is none of Notation. */
function textsOf(labels: unknown): unknown {
  return Array.isArray(labels) ? labels.map(String) : labels;
}

function cborOf(bytes: Uint8Array): unknown {
  try {
    return decode(bytes, { maxDepth: 16, rejectDuplicateKeys: true });
  } catch {
    throw new Refused('its envelope is not CBOR');
  }
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}

/** A map as an object with text keys: COSE has numbers as well. */
function keysOf(value: unknown): JsonObject {
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, one]) => [String(key), one]));
  return objectOf(value, 'a header');
}

/** The bytes that a COSE signature covers (RFC 9052, 4.4), without external data. */
function sigStructure(head: Uint8Array, payload: Uint8Array): Buffer {
  const kind = Buffer.from('Signature1');
  return Buffer.concat([
    Buffer.from([0x84, 0x60 + kind.length]),
    kind,
    byteString(head),
    Buffer.from([0x40]),
    byteString(payload),
  ]);
}

function byteString(bytes: Uint8Array): Buffer {
  const { length } = bytes;
  const head =
    length < 24
      ? [0x40 + length]
      : length < 256
        ? [0x58, length]
        : [0x59, length >> 8, length & 0xff];
  if (length > 0xffff) throw new Refused('its envelope is too large');
  return Buffer.concat([Buffer.from(head), bytes]);
}

function requireType(type: string): void {
  if (type !== payloadType) throw new Refused('what it signs is not a Notation payload');
}

function attributesOf(header: JsonObject, readTime: (value: unknown) => Date): Attributes {
  const time = (key: string) => {
    const value = header[`${prefix}.${key}`];
    if (value === undefined) return null;
    const read = readTime(value);
    if (Number.isNaN(read.getTime())) throw new Refused(`its ${key} cannot be read`);
    return read;
  };
  const plugin = header[`${prefix}.verificationPlugin`];
  return {
    scheme: stringAt(header, `${prefix}.signingScheme`),
    authenticTime: time('authenticSigningTime'),
    expiry: time('expiry'),
    critical: stringsAt(header, 'crit'),
    plugin: typeof plugin === 'string' ? plugin : null,
    texts: new Map(
      Object.entries(header).flatMap(([key, value]) =>
        typeof value === 'string' ? [[key, value]] : [],
      ),
    ),
  };
}

function targetOf(payload: Buffer): NotationEnvelope['target'] {
  const target = objectAt(jsonOf(payload, 'its payload'), 'targetArtifact');
  return {
    mediaType: stringAt(target, 'mediaType'),
    digest: stringAt(target, 'digest'),
    size: numberAt(target, 'size'),
  };
}
