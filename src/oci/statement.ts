import {
  DecodeError,
  type JsonObject,
  objectAt,
  objectOf,
  objectsAt,
  stringAt,
} from '../decode/fields.ts';
import { decodeText } from '../http/body.ts';
import { jsonOf } from '../http/json.ts';

/** The subject of a statement or a signature. */
export interface About {
  /** Digests as `sha256:<hex>`. */
  readonly digests: readonly string[];
  /** The predicate type of an in-toto statement; null: a plain signature. */
  readonly predicate: string | null;
}

const statementTypes = ['https://in-toto.io/Statement/v0.1', 'https://in-toto.io/Statement/v1'];

/**
 * Decodes a DSSE envelope with an in-toto statement (secure-systems-lab/dsse, envelope.md). The signature is
 * not verified. Throws `DecodeError` for anything else, and for an envelope without a signature.
 */
export function aboutEnvelope(envelope: JsonObject): About {
  if (stringAt(envelope, 'payloadType') !== 'application/vnd.in-toto+json') {
    throw new DecodeError('the envelope does not hold an in-toto statement');
  }
  const signatures = objectsAt(envelope, 'signatures').map((one) => stringAt(one, 'sig'));
  if (signatures.length === 0) throw new DecodeError('the envelope is not signed');
  return aboutStatement(jsonIn(base64At(envelope, 'payload')));
}

/** Decodes an in-toto statement (in-toto/attestation, spec/v1/statement.md). */
function aboutStatement(raw: unknown): About {
  const statement = objectOf(raw, 'the statement');
  if (!statementTypes.includes(stringAt(statement, '_type'))) {
    throw new DecodeError('the payload is not an in-toto statement');
  }
  const digests = objectsAt(statement, 'subject').flatMap((subject) =>
    Object.entries(objectAt(subject, 'digest')).map(([algorithm, hex]) => `${algorithm}:${hex}`),
  );
  return { digests, predicate: stringAt(statement, 'predicateType') };
}

export function jsonIn(bytes: Uint8Array): unknown {
  return jsonOf(decodeText(bytes));
}

/** Decodes a base64 field in the standard or the URL alphabet; both are in use. */
export function base64At(holder: JsonObject, key: string): Uint8Array {
  const text = stringAt(holder, key);
  if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return Buffer.from(text, 'base64');
  throw new DecodeError(`${key} is not base64`);
}
