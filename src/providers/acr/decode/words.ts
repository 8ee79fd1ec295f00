import { DecodeError, type JsonObject, maybeString, stringAt } from '../../../decode/fields.ts';

/**
 * A word the API documents, whatever its letter case: Azure writes `enabled` here and `Enabled` there
 * for the same thing. A new one is an error.
 */
export function wordIn<const W extends string>(
  answer: JsonObject,
  key: string,
  words: readonly W[],
): W {
  const value = stringAt(answer, key);
  const word = words.find((known) => known.toLowerCase() === value.toLowerCase());
  if (word !== undefined) return word;
  throw new DecodeError(`${key} is "${value.slice(0, 60)}", expected ${words.join(' or ')}`);
}

/** As `wordIn`; null when the field is not there. */
export function maybeWordIn<const W extends string>(
  answer: JsonObject,
  key: string,
  words: readonly W[],
): W | null {
  return maybeString(answer, key) === null ? null : wordIn(answer, key, words);
}

export const onOff = ['enabled', 'disabled'] as const;

/** The last part of a resource's id: its name. */
export function nameOfId(id: string): string {
  const name = id.split('/').at(-1);
  if (name !== undefined && name !== '') return name;
  throw new DecodeError(`${id.slice(0, 60)} is not the id of a resource`);
}

/** The part of a resource's id after a segment such as `subscriptions`; null when it has none. */
export function partOfId(id: string, segment: string): string | null {
  const parts = id.split('/');
  const at = parts.findIndex((part) => part.toLowerCase() === segment.toLowerCase());
  const part = at < 0 ? undefined : parts[at + 1];
  return part === undefined || part === '' ? null : part;
}
