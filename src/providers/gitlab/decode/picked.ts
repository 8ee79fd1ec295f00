import type { JsonObject } from '../../../decode/fields.ts';

/** Of an answer these fields alone, so that a secret that comes along is kept nowhere. */
export function picked(answer: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.filter((key) => key in answer).map((key) => [key, answer[key]]));
}
