/*
 * Decodes a response field by field. Each function throws if the field does not match the documented API, so
 * that a missing field is never a value. Only the `maybe` functions accept absence: for fields whose vendor
 * documents its meaning.
 */
/** Thrown for a response that does not match its documented API. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function objectOf(raw: unknown, what: string): JsonObject {
  if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) return raw as JsonObject;
  throw new DecodeError(`${what} is ${kind(raw)}, expected an object`);
}

export function objectAt(answer: JsonObject, key: string): JsonObject {
  return objectOf(answer[key], key);
}

export function maybeObject(answer: JsonObject, key: string): JsonObject | null {
  return absent(answer, key) ? null : objectOf(answer[key], key);
}

export function stringAt(answer: JsonObject, key: string): string {
  const value = answer[key];
  if (typeof value === 'string' && value !== '') return value;
  throw new DecodeError(`${key} is ${kind(value)}, expected text`);
}

export function maybeString(answer: JsonObject, key: string): string | null {
  return absent(answer, key) ? null : stringAt(answer, key);
}

/** A string that may be empty, such as the value of a tag. */
export function textAt(answer: JsonObject, key: string): string {
  const value = answer[key];
  if (typeof value === 'string') return value;
  throw new DecodeError(`${key} is ${kind(value)}, expected text`);
}

/** The entries of an object of strings, such as labels; none if it is absent. */
export function textEntriesAt(answer: JsonObject, key: string): { key: string; value: string }[] {
  const entries = maybeObject(answer, key);
  if (entries === null) return [];
  return Object.keys(entries).map((name) => ({ key: name, value: textAt(entries, name) }));
}

/** A documented enum value. A new value is an error, never mapped to a known one. */
export function enumAt<const W extends string>(
  answer: JsonObject,
  key: string,
  words: readonly W[],
): W {
  const value = stringAt(answer, key);
  const word = words.find((known) => known === value);
  if (word !== undefined) return word;
  throw new DecodeError(`${key} is "${value.slice(0, 60)}", expected ${words.join(' or ')}`);
}

export function maybeEnum<const W extends string>(
  answer: JsonObject,
  key: string,
  words: readonly W[],
): W | null {
  return absent(answer, key) ? null : enumAt(answer, key, words);
}

export function booleanAt(answer: JsonObject, key: string): boolean {
  const value = answer[key];
  if (typeof value === 'boolean') return value;
  throw new DecodeError(`${key} is ${kind(value)}, expected true or false`);
}

export function maybeBoolean(answer: JsonObject, key: string): boolean | null {
  return absent(answer, key) ? null : booleanAt(answer, key);
}

export function numberAt(answer: JsonObject, key: string): number {
  const value = answer[key];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new DecodeError(`${key} is ${kind(value)}, expected a number`);
}

export function arrayAt(answer: JsonObject, key: string): readonly unknown[] {
  const value = answer[key];
  if (Array.isArray(value)) return value;
  throw new DecodeError(`${key} is ${kind(value)}, expected a list`);
}

/** A list that the API omits if it is empty. */
export function maybeArray(answer: JsonObject, key: string): readonly unknown[] {
  return absent(answer, key) ? [] : arrayAt(answer, key);
}

export function objectsAt(answer: JsonObject, key: string): readonly JsonObject[] {
  return arrayAt(answer, key).map((item) => objectOf(item, `an entry of ${key}`));
}

export function maybeObjects(answer: JsonObject, key: string): readonly JsonObject[] {
  return absent(answer, key) ? [] : objectsAt(answer, key);
}

export function stringsAt(answer: JsonObject, key: string): readonly string[] {
  return arrayAt(answer, key).map((item) => {
    if (typeof item === 'string') return item;
    throw new DecodeError(`an entry of ${key} is ${kind(item)}, expected text`);
  });
}

export function maybeStrings(answer: JsonObject, key: string): readonly string[] {
  return absent(answer, key) ? [] : stringsAt(answer, key);
}

/** An instant, as ISO 8601 in UTC. Accepts a Date or ISO text. */
export function instantAt(answer: JsonObject, key: string): string {
  const value = answer[key];
  const date = value instanceof Date ? value : typeof value === 'string' ? new Date(value) : null;
  if (date !== null && !Number.isNaN(date.getTime())) return date.toISOString();
  throw new DecodeError(`${key} is ${kind(value)}, expected a point in time`);
}

/** Parses a field with JSON text. The error contains the name of the field, not its text. */
export function jsonAt(answer: JsonObject, key: string): unknown {
  const value = stringAt(answer, key);
  try {
    return JSON.parse(value);
  } catch {
    throw new DecodeError(`${key} is not JSON`);
  }
}

function absent(answer: JsonObject, key: string): boolean {
  return answer[key] === undefined || answer[key] === null;
}

function kind(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (value === '') return 'empty';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

/** The groups of a pattern in a text; empty if it does not match. */
export function groupsOf(pattern: RegExp, text: string): readonly (string | undefined)[] {
  const found = pattern.exec(text);
  return found === null ? [] : found.slice(1);
}
