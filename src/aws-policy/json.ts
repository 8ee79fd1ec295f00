import { PolicyError, quoted } from './error.ts';

/** Maximum length: the largest policy documents of IAM have about 32 KB (key policies). */
const LONGEST_TEXT = 65_536;
const DEEPEST = 16;

/**
 * Parses untrusted JSON. Throws `PolicyError` for text that is too long, too deep, not JSON or repeats a key:
 * the grammar forbids repeated keys, and it is not documented which one AWS uses (IAM User Guide,
 * reference_policies_grammar).
 */
export function readJson(text: string): unknown {
  if (text.length > LONGEST_TEXT) {
    throw new PolicyError(`the text is ${text.length} characters long, at most ${LONGEST_TEXT}`);
  }
  const value = parse(text);
  refuseRepeatedKeys(text);
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PolicyError('the text is not JSON');
  }
}

/** Scans valid JSON, in which a string before a colon is always a key. */
function refuseRepeatedKeys(text: string): void {
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '{' || char === '[') {
      if (open.push(new Set()) > DEEPEST) throw new PolicyError(`nested deeper than ${DEEPEST}`);
    } else if (char === '}' || char === ']') open.pop();
    else if (char === '"') {
      const end = endOfString(text, at);
      if (text[afterSpace(text, end)] === ':') addKey(open.at(-1), text.slice(at, end));
      at = end - 1;
    }
  }
}

function addKey(keys: Set<string> | undefined, raw: string): void {
  const key = String(JSON.parse(raw));
  if (keys?.has(key)) throw new PolicyError(`the key ${quoted(key)} is written twice`);
  keys?.add(key);
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1;
  return at;
}

/** The members of an object; null for anything else. A Map, so that `__proto__` is an ordinary key. */
export function members(value: unknown): ReadonlyMap<string, unknown> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return new Map<string, unknown>(Object.entries(value));
}
