/*
 * Reading a server's answer field by field. Each function throws when the field is not what the API
 * promises, so that a decoder cannot take silence for a value; only the `maybe` ones accept absence,
 * and they are for fields whose vendor documents what absence means.
 */
/** Thrown when an answer is not what its API promises. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
}

export type Answer = Readonly<Record<string, unknown>>;

export function objectOf(raw: unknown, what: string): Answer {
  if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) return raw as Answer;
  throw new AnswerError(`${what} is ${kind(raw)}, expected an object`);
}

export function objectAt(answer: Answer, key: string): Answer {
  return objectOf(answer[key], key);
}

export function maybeObject(answer: Answer, key: string): Answer | null {
  return absent(answer, key) ? null : objectOf(answer[key], key);
}

export function textAt(answer: Answer, key: string): string {
  const value = answer[key];
  if (typeof value === 'string' && value !== '') return value;
  throw new AnswerError(`${key} is ${kind(value)}, expected text`);
}

export function maybeText(answer: Answer, key: string): string | null {
  return absent(answer, key) ? null : textAt(answer, key);
}

/** A word the API documents. A new one is an error, never the nearest known one. */
export function wordAt<const W extends string>(
  answer: Answer,
  key: string,
  words: readonly W[],
): W {
  const value = textAt(answer, key);
  const word = words.find((known) => known === value);
  if (word !== undefined) return word;
  throw new AnswerError(`${key} is "${value.slice(0, 60)}", expected ${words.join(' or ')}`);
}

export function maybeWord<const W extends string>(
  answer: Answer,
  key: string,
  words: readonly W[],
): W | null {
  return absent(answer, key) ? null : wordAt(answer, key, words);
}

export function flagAt(answer: Answer, key: string): boolean {
  const value = answer[key];
  if (typeof value === 'boolean') return value;
  throw new AnswerError(`${key} is ${kind(value)}, expected true or false`);
}

export function maybeFlag(answer: Answer, key: string): boolean | null {
  return absent(answer, key) ? null : flagAt(answer, key);
}

export function numberAt(answer: Answer, key: string): number {
  const value = answer[key];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new AnswerError(`${key} is ${kind(value)}, expected a number`);
}

export function listAt(answer: Answer, key: string): readonly unknown[] {
  const value = answer[key];
  if (Array.isArray(value)) return value;
  throw new AnswerError(`${key} is ${kind(value)}, expected a list`);
}

/** For lists that the API leaves out when they are empty. */
export function maybeList(answer: Answer, key: string): readonly unknown[] {
  return absent(answer, key) ? [] : listAt(answer, key);
}

export function objectsAt(answer: Answer, key: string): readonly Answer[] {
  return listAt(answer, key).map((item) => objectOf(item, `an entry of ${key}`));
}

export function maybeObjects(answer: Answer, key: string): readonly Answer[] {
  return absent(answer, key) ? [] : objectsAt(answer, key);
}

export function textsAt(answer: Answer, key: string): readonly string[] {
  return listAt(answer, key).map((item) => {
    if (typeof item === 'string') return item;
    throw new AnswerError(`an entry of ${key} is ${kind(item)}, expected text`);
  });
}

export function maybeTexts(answer: Answer, key: string): readonly string[] {
  return absent(answer, key) ? [] : textsAt(answer, key);
}

/** An instant, as ISO 8601 in UTC. Accepts a Date or ISO text. */
export function instantAt(answer: Answer, key: string): string {
  const value = answer[key];
  const date = value instanceof Date ? value : typeof value === 'string' ? new Date(value) : null;
  if (date !== null && !Number.isNaN(date.getTime())) return date.toISOString();
  throw new AnswerError(`${key} is ${kind(value)}, expected a point in time`);
}

/** Parses JSON text a server sent. Throws with the field's name, not with the text. */
export function jsonAt(answer: Answer, key: string): unknown {
  const value = textAt(answer, key);
  try {
    return JSON.parse(value);
  } catch {
    throw new AnswerError(`${key} is not JSON`);
  }
}

function absent(answer: Answer, key: string): boolean {
  return answer[key] === undefined || answer[key] === null;
}

function kind(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (value === '') return 'empty';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

/** The groups of a pattern in a text; none when it does not match. */
export function groupsOf(pattern: RegExp, text: string): readonly (string | undefined)[] {
  const found = pattern.exec(text);
  return found === null ? [] : found.slice(1);
}
