import { reveal, type Secret } from './secret.ts';

/** Knows the secrets that were sent and takes them out of text that goes to people. */
export interface Redaction {
  readonly remember: (opaque: Secret) => void;
  readonly redacted: (text: string) => string;
}

/** Tokens are renewed in a long scan; the oldest can no longer be in an answer. */
const mostRemembered = 500;

export function redaction(): Redaction {
  const known = new Set<string>();
  const remember = (opaque: Secret) => {
    for (const form of formsOf(reveal(opaque))) {
      known.delete(form);
      known.add(form);
    }
    for (const oldest of known) {
      if (known.size <= mostRemembered) break;
      known.delete(oldest);
    }
  };
  const redacted = (text: string) => {
    // Longest first, or the rest of a secret that contains another would stay.
    const longestFirst = [...known].sort((a, b) => b.length - a.length);
    return longestFirst.reduce((rest, form) => rest.replaceAll(form, '***'), text);
  };
  return { remember, redacted };
}

/** A secret as a server may repeat it: with and without its scheme, decoded, or escaped. */
function formsOf(clear: string): readonly string[] {
  const [, scheme = '', rest = ''] = /^(basic|bearer) +(.+)$/i.exec(clear) ?? [];
  const parts = scheme === '' ? [clear] : [clear, rest];
  if (scheme.toLowerCase() === 'basic') {
    const pair = Buffer.from(rest, 'base64').toString('utf8');
    parts.push(pair, pair.slice(pair.indexOf(':') + 1));
  }
  const escaped = parts.flatMap((part) => [
    part,
    encodeURIComponent(part),
    JSON.stringify(part).slice(1, -1),
  ]);
  return [...new Set(escaped)].filter((form) => form !== '');
}
