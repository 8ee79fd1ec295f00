import { DecodeError, type JsonObject, numberAt } from '../../../decode/fields.ts';

/** A number of things. Throws `AnswerError` for what cannot be one. */
export function countAt(answer: JsonObject, key: string): number {
  const count = numberAt(answer, key);
  if (Number.isInteger(count) && count >= 0) return count;
  throw new DecodeError(`${key} is no count`);
}
