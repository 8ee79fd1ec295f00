import { decodings } from './escapes.ts';
import { reveal, type Secret } from './secret.ts';

/** Knows the secrets that were sent and takes them out of what a server repeats. */
export interface Redaction {
  readonly remember: (opaque: Secret) => void;
  /** Text for people. One that hides a secret behind escapes comes back decoded, without it. */
  readonly redacted: (text: string) => string;
  /**
   * A decoded answer: every text and key of it, the same value where there is no secret in it. A secret of
   * less than eight characters stays, since it would be found in words that decide.
   */
  readonly redactedJson: (value: unknown) => unknown;
}

/** Tokens are renewed in a long scan; the oldest can no longer be in an answer. */
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
  const without = (text: string, replaced: Search) => {
    const clean = replaced(text);
    const hidden = decodings(clean).map((decoded) => [decoded, replaced(decoded)] as const);
    return hidden.find(([decoded, found]) => found !== decoded)?.[1] ?? clean;
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

/** A text with the forms of secrets in it replaced. */
type Search = (text: string) => string;

/** From here on a form is a token: there are many in a long scan, and few texts are as long. */
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

function patternOf(forms: readonly string[]): RegExp {
  const escaped = forms.map((form) => form.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'));
  return forms.length === 0 ? /(?!)/g : new RegExp(escaped.join('|'), 'g');
}

/** Shorter ones would be found in every text. */
const shortestCore = 8;

/** A secret as a server may repeat it besides with escapes: with and without its scheme, or in base64. */
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
  if (scheme.toLowerCase() !== 'basic') encoded.push(rest === '' ? clear : rest);
  const forms = [...parts, ...encoded.flatMap(base64Forms)];
  return [...new Set(forms)].filter((form) => form !== '');
}

/**
 * The base64 of a text by itself, without padding, and what of it is the same wherever it stands in a
 * longer text; in both alphabets.
 */
function base64Forms(clear: string): readonly string[] {
  const bytes = Buffer.from(clear);
  const whole = bytes.toString('base64').replace(/=+$/, '');
  const cores = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const open = (shift + bytes.length) % 3;
    // What is next to it changes the first characters, and the last one if it ends between two.
    return text.slice([0, 2, 3][shift], open === 0 ? undefined : -1);
  });
  const forms = [whole, ...cores.filter((core) => core.length >= shortestCore)];
  return forms.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}
