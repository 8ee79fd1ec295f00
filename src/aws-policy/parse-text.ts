import { PolicyError } from './error.ts';

/** ARNs end at 2,048 characters; the bound also bounds every wildcard match. */
const LONGEST = 2_048;

/**
 * Reads "one text or a list of texts". Throws `PolicyError` for anything else, an empty list included.
 * In: the value and where it stands, for the message.
 */
export function texts(value: unknown, where: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw new PolicyError(`${where} is an empty list`);
  return list.map((item) => text(item, where));
}

/** Reads one text of bounded length, or throws `PolicyError`. */
export function text(value: unknown, where: string): string {
  if (typeof value !== 'string') throw new PolicyError(`${where} is not text`);
  if (value === '') throw new PolicyError(`${where} is empty`);
  return bounded(value, where);
}

/** Lets a text of bounded length through, or throws `PolicyError`. */
export function bounded(value: string, where: string): string {
  if (value.length <= LONGEST) return value;
  throw new PolicyError(`${where} holds a text longer than ${LONGEST} characters`);
}
