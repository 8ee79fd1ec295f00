const STAR = 42;
const QUESTION = 63;

/**
 * Wildcard match of a whole text, case-sensitive: `*` is any run of characters, `?` exactly one.
 * Never backtracks past the last `*`, so the cost is at most pattern length times text length, and no
 * pattern is ever turned into a regular expression.
 */
export function matches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    const code = p < pattern.length ? pattern.charCodeAt(p) : -1;
    if (code === STAR) {
      star = p++;
      if (p === pattern.length) return true;
      resume = t;
    } else if (code === QUESTION || code === text.charCodeAt(t)) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (p < pattern.length && pattern.charCodeAt(p) === STAR) p += 1;
  return p === pattern.length;
}

/** Does the text hold `*` or `?`? */
export function hasWildcard(text: string): boolean {
  return text.includes('*') || text.includes('?');
}

/** The text before the first wildcard. */
export function literalHead(pattern: string): string {
  for (let at = 0; at < pattern.length; at += 1) {
    const code = pattern.charCodeAt(at);
    if (code === STAR || code === QUESTION) return pattern.slice(0, at);
  }
  return pattern;
}

/** Splits an ARN or ARN pattern at its first five colons; the sixth part keeps its own colons. */
export function arnParts(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** ARN operators compare the six parts one by one (IAM User Guide, …_condition_operators, ARN). */
export function matchesArn(pattern: string, arn: string): boolean {
  const wanted = arnParts(pattern);
  const actual = arnParts(arn);
  if (wanted.length !== 6 || actual.length !== 6) return false;
  return wanted.every((part, at) => matches(part, actual[at] ?? ''));
}

/**
 * Does every text that `other` matches (each of its wildcards taken as one character or more) match
 * `pattern` too? Proven by two probes with a character the pattern does not hold: only a wildcard of
 * the pattern can have swallowed it, so it would swallow anything else in its place.
 */
export function covers(pattern: string, other: string): boolean {
  if (!hasWildcard(other)) return matches(pattern, other);
  const stranger = strangerTo(pattern);
  const long = stranger.repeat(pattern.length + 1);
  const probe = (run: string) => other.replaceAll('?', stranger).replaceAll('*', run);
  return matches(pattern, probe(stranger)) && matches(pattern, probe(long));
}

function strangerTo(pattern: string): string {
  let code = 0xe000;
  while (pattern.includes(String.fromCharCode(code))) code += 1;
  return String.fromCharCode(code);
}

/** Could some text match both patterns? May say yes when there is none, never no when there is one. */
export function overlaps(one: string, other: string): boolean {
  if (!hasWildcard(one)) return matches(other, one);
  if (!hasWildcard(other)) return matches(one, other);
  const reversed = (text: string) => [...text].reverse().join('');
  return (
    agree(literalHead(one), literalHead(other)) &&
    agree(literalHead(reversed(one)), literalHead(reversed(other)))
  );
}

function agree(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}
