import { decodings } from './escapes.ts';
import { reveal, type Secret } from './secret.ts';

/** Removes the secrets that were sent from the texts that a server returns. */
export interface Redaction {
  readonly remember: (opaque: Secret) => void;
  /** Redacts a text for people. A text with an escaped secret is returned decoded, without the secret. */
  readonly redacted: (text: string) => string;
  /**
   * Redacts every text and key of a decoded response; returns the same value if it holds no secret. Secrets
   * with less than eight characters are not redacted here: they could match values that matter.
   */
  readonly redactedJson: (value: unknown) => unknown;
}

/** Maximum number of remembered tokens: a long scan renews them, and responses no longer hold the oldest. */
const mostRemembered = 2000;

const shortestInAnswer = 8;

export function redaction(): Redaction {
  const known = new Set<string>();
  let patterns: { readonly all: Search; readonly inAnswers: Search } | null = null;
  const remember = (opaque: Secret) => {
    const forms = formsOf(reveal(opaque));
    if (forms.every((form) => known.has(form))) return;
    for (const form of forms) {
      known.delete(form);
      known.add(form);
    }
    for (const oldest of known) {
      if (known.size <= mostRemembered) break;
      known.delete(oldest);
    }
    patterns = null;
  };
  const searched = () => {
    patterns ??= {
      all: searchFor([...known]),
      inAnswers: searchFor([...known].filter((form) => form.length >= shortestInAnswer)),
    };
    return patterns;
  };
  // One text can hold secrets at several levels of escapes; each pass removes at least one.
  const without = (text: string, replaced: Search): string => {
    const clean = replaced(text);
    for (const decoded of decodings(clean)) {
      const found = replaced(decoded);
      if (found !== decoded) return without(found, replaced);
    }
    return clean;
  };
  const redacted = (text: string) => without(text, searched().all);
  const inAnswer = (text: string) => without(text, searched().inAnswers);
  const holds = (value: unknown): boolean => {
    if (typeof value === 'string') return inAnswer(value) !== value;
    if (typeof value !== 'object' || value === null) return false;
    if (Array.isArray(value)) return value.some(holds);
    return Object.entries(value).some(([key, inner]) => holds(key) || holds(inner));
  };
  const replaced = (value: unknown): unknown => {
    if (typeof value === 'string') return inAnswer(value);
    if (Array.isArray(value)) return value.map(replaced);
    if (typeof value !== 'object' || value === null) return value;
    const fields = Object.entries(value);
    return Object.fromEntries(fields.map(([key, inner]) => [inAnswer(key), replaced(inner)]));
  };
  return {
    remember,
    redacted,
    redactedJson: (value) => (known.size > 0 && holds(value) ? replaced(value) : value),
  };
}

/** Replaces the forms of secrets in a text. */
type Search = (text: string) => string;

/** Forms of this length are tokens: there are many, and few texts are that long. */
const longForm = 200;

/** One expression for all short forms; the long ones are looked for one by one, in texts that can hold them. */
function searchFor(forms: readonly string[]): Search {
  // Longest first, or the rest of a secret that contains another would stay.
  const longestFirst = forms.toSorted((a, b) => b.length - a.length);
  const short = patternOf(longestFirst.filter((form) => form.length < longForm));
  const long = longestFirst.filter((form) => form.length >= longForm);
  return (text) => {
    const rest = text.length < longForm ? text : withoutEach(text, long);
    return rest.replace(short, '***');
  };
}

function withoutEach(text: string, forms: readonly string[]): string {
  let rest = text;
  for (const form of forms) if (rest.includes(form)) rest = rest.replaceAll(form, '***');
  return rest;
}

/** Shorter forms are masked as whole words alone: within words they are letters of everything that is said. */
const shortestWithin = 4;

function patternOf(forms: readonly string[]): RegExp {
  const escaped = forms.map((form) => {
    const literal = form.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
    return form.length < shortestWithin ? `(?<!\\w)${literal}(?!\\w)` : literal;
  });
  return forms.length === 0 ? /(?!)/g : new RegExp(escaped.join('|'), 'g');
}

/** Shorter forms would match in every text. */
const shortestCore = 8;

/** The forms in which a server may return a secret: with or without its scheme, or in base64. */
function formsOf(clear: string): readonly string[] {
  const [, scheme = '', rest = ''] = /^(basic|bearer) +(.+)$/i.exec(clear) ?? [];
  const parts = scheme === '' ? [clear] : [clear, rest];
  const encoded: string[] = [];
  if (scheme.toLowerCase() === 'basic') {
    const pair = Buffer.from(rest, 'base64').toString('utf8');
    const password = pair.slice(pair.indexOf(':') + 1);
    parts.push(pair, password);
    encoded.push(pair, password);
  }
  encoded.push(rest === '' ? clear : rest);
  const forms = [...parts, ...encoded.flatMap(base64Forms)];
  return [...new Set(forms)].filter((form) => form !== '');
}

/** The base64 of a text without padding, and the part that stays the same within a longer text; both alphabets. */
function base64Forms(clear: string): readonly string[] {
  const bytes = Buffer.from(clear);
  const whole = bytes.toString('base64').replace(/=+$/, '');
  const cores = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const open = (shift + bytes.length) % 3;
    // Neighbouring bytes change the first characters, and the last one unless it ends on a boundary.
    return text.slice([0, 2, 3][shift], open === 0 ? undefined : -1);
  });
  const forms = [whole, ...cores.filter((core) => core.length >= shortestCore)];
  return forms.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}
