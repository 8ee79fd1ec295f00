import { PolicyError } from './error.ts';

/** Maximum length of an ARN; it also limits the cost of wildcard matches. */
const LONGEST = 2_048;

/**
 * Parses one text or a non-empty list of texts. Throws `PolicyError` for anything else. In: the value and its
 * position for messages.
 */
export function texts(value: unknown, where: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw new PolicyError(`${where} is an empty list`);
  return list.map((item) => text(item, where));
}

/** Parses one text of limited length, or throws `PolicyError`. */
export function text(value: unknown, where: string): string {
  if (typeof value !== 'string') throw new PolicyError(`${where} is not text`);
  if (value === '') throw new PolicyError(`${where} is empty`);
  return bounded(value, where);
}

/** Returns a text of limited length, or throws `PolicyError`. */
export function bounded(value: string, where: string): string {
  if (value.length <= LONGEST) return value;
  throw new PolicyError(`${where} holds a text longer than ${LONGEST} characters`);
}
