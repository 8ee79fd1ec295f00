import { type Answer, AnswerError, numberAt } from '../../../http/answer.ts';

/** A number of things. Throws `AnswerError` for what cannot be one. */
export function countAt(answer: Answer, key: string): number {
  const count = numberAt(answer, key);
  if (Number.isInteger(count) && count >= 0) return count;
  throw new AnswerError(`${key} is no count`);
}
