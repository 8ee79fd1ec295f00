import { DecodeError } from '../decode/fields.ts';
import { BodyTooLarge } from './body-cap.ts';

/** Maximum nesting of a response; vendors use at most a dozen levels. */
const deepest = 100;

/** Maximum number of values in a response, including containers: their memory exceeds their bytes. */
export const mostValues = 200_000;

/**
 * Parses a body as JSON; null if it is empty. Throws `BodyTooLarge` for too many values, and `DecodeError`
 * for invalid JSON, too deep nesting, a key that is not UTF-8 (it would look like a missing field), or a
 * `__proto__` key: dropping it could hide an entry, keeping it is dangerous when the object is copied.
 */
export function jsonOf(text: string): unknown {
  if (text.trim() === '') return null;
  boundJson(text);
  const suspect = /__proto__|\\u00(?:5f|70|72|6f|74)|\ufffd/i.test(text);
  try {
    return suspect ? JSON.parse(text, refuseKey) : JSON.parse(text);
  } catch (error) {
    if (error instanceof DecodeError) throw error;
    throw new DecodeError('the response is not JSON');
  }
}

function refuseKey(key: string, value: unknown): unknown {
  if (key.includes('\ufffd')) throw new DecodeError('the response has a key that is not UTF-8');
  if (key === '__proto__') throw new DecodeError('the response has a key __proto__');
  return value;
}

/**
 * Counts brackets and commas of JSON before it is parsed. Throws `DecodeError` for too deep nesting and
 * `BodyTooLarge` for too many values.
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
      throw new DecodeError(`the response is nested more than ${deepest} levels deep`);
    }
    if (values > mostValues) {
      throw new BodyTooLarge(
        `the response of ${text.length} characters has more than ${mostValues} values`,
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

/** The index of the closing quote of the string that begins at `start`. */
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
