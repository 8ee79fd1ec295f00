import { jsonOf } from './json.ts';
import type { Redaction } from './redaction.ts';

/** Maximum characters of the body of a refusal that are searched for secrets. */
const longestSearched = 1024 * 1024;

/**
 * The body of a refusal as text, without secrets; empty if it is too long to search. JSON is searched once its
 * escapes are undone, and stays JSON.
 */
export function redactedBody(text: string, { redacted, redactedJson }: Redaction): string {
  if (text.length > longestSearched) return '';
  try {
    const value = jsonOf(text);
    return redacted(value === null ? text : JSON.stringify(redactedJson(value)));
  } catch {
    return redacted(text);
  }
}

/**
 * The body of a success that a vendor's library will parse: the same text where no secret is in it. One of
 * less than eight characters stays, since it would be found in words that decide.
 */
export function redactedText(text: string, { redactedJson }: Redaction): string {
  try {
    const value = jsonOf(text);
    const clean = redactedJson(value);
    return clean === value ? text : JSON.stringify(clean);
  } catch {
    return String(redactedJson(text));
  }
}
