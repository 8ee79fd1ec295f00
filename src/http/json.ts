import { DecodeError } from '../decode/fields.ts';
import { BodyTooLarge } from './body-cap.ts';

/** Deepest nesting of an answer that is read; no vendor's goes beyond a dozen. */
const deepest = 100;

/** Most values of an answer, containers included: they cost memory where bytes do not. */
export const mostValues = 200_000;

/**
 * A body as JSON; null when it is empty. Throws `BodyTooLarge` for what has too many values, and
 * `DecodeError` for what is not JSON, is nested too deeply for code that recurses, has a key that is not UTF-8, which
 * would look like a missing field, or has a `__proto__` key: to drop it could hide an entry, to keep it is a
 * trap for whoever copies the object.
 */
export function jsonOf(text: string): unknown {
  if (text.trim() === '') return null;
  boundJson(text);
  const suspect = /__proto__|\\u00(?:5f|70|72|6f|74)|\ufffd/i.test(text);
  try {
    return suspect ? JSON.parse(text, refuseKey) : JSON.parse(text);
  } catch (error) {
    if (error instanceof DecodeError) throw error;
    throw new DecodeError('the answer is not JSON');
  }
}

function refuseKey(key: string, value: unknown): unknown {
  if (key.includes('\ufffd')) throw new DecodeError('the answer has a key that is not UTF-8');
  if (key === '__proto__') throw new DecodeError('the answer has a key __proto__');
  return value;
}

/**
 * Looks at the brackets and commas of JSON before it is parsed. Throws `DecodeError` when it is nested
 * too deeply and `BodyTooLarge` when it has too many values, and stops there.
 */
export function boundJson(text: string): void {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === openBrace || code === openBracket) {
      depth += 1;
      values += 1;
    } else if (code === closeBrace || code === closeBracket) depth -= 1;
    else if (code === comma) values += 1;
    if (depth > deepest) {
      throw new DecodeError(`the answer is nested more than ${deepest} levels deep`);
    }
    if (values > mostValues) {
      throw new BodyTooLarge(
        `the answer of ${text.length} characters has more than ${mostValues} values`,
      );
    }
  }
}

const comma = 0x2c;
const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/** The index of the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; ) {
    const end = text.indexOf('"', at);
    if (end === -1) return text.length;
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return end;
    at = end + 1;
  }
}
