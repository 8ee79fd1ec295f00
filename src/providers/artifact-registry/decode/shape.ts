import { DecodeError, type JsonObject, objectOf } from '../../../decode/fields.ts';

/** The documented keys of a response. */
export interface Shape {
  /** Always present. */
  readonly always: readonly string[];
  /** Key of the entries of a listing; omitted if there are none. */
  readonly entries?: string;
  /** Other keys that may be present without entries. */
  readonly besides?: readonly string[];
}

/**
 * Checks the documented shape of a response before the absence of a field means anything: a 200 may carry an
 * error, no body, or damaged keys. Throws `DecodeError` otherwise.
 */
export function documented(raw: unknown, shape: Shape): JsonObject {
  const answer = objectOf(raw, 'the answer');
  const keys = Object.keys(answer);
  const wrong = keys.find((key) => key === 'error' || key === 'errors');
  if (wrong !== undefined) throw new DecodeError(`the answer has the key ${wrong}`);
  const missing = shape.always.find((key) => answer[key] === undefined);
  if (missing !== undefined) throw new DecodeError(`${missing} is missing`);
  const { entries, besides } = shape;
  if (entries === undefined || answer[entries] !== undefined) return answer;
  const allowed = besides === undefined ? shape.always : [...shape.always, ...besides];
  const strange = keys.find((key) => !allowed.includes(key));
  if (strange === undefined) return answer;
  throw new DecodeError(
    `${entries} is missing, and ${JSON.stringify(strange.slice(0, 60))} is not documented`,
  );
}
