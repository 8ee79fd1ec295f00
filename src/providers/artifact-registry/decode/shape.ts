import { DecodeError, type JsonObject, objectOf } from '../../../decode/fields.ts';

/** Which keys an answer has by its documentation. */
export interface Shape {
  /** Never left out. */
  readonly always: readonly string[];
  /** Of a listing: where its entries stand; left out where there are none. */
  readonly entries?: string;
  /** What may stand beside no entries at all. */
  readonly besides?: readonly string[];
}

/**
 * Checks that an answer is the documented one, before the absence of a field means anything: a 200 may
 * carry an error, nothing at all, or keys that were damaged on the way. Throws `DecodeError` otherwise.
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
