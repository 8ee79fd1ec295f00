const STAR = 42;
const QUESTION = 63;

/**
 * Wildcard match of a whole text, case-sensitive: `*` matches any characters, `?` exactly one. Never
 * backtracks past the last `*`: the cost is at most pattern length times text length. Patterns never become
 * regular expressions.
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

/** Whether the text contains `*` or `?`. */
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

/** Matches the six parts one by one, as ARN operators do (IAM User Guide, …_condition_operators, ARN). */
export function matchesArn(pattern: string, arn: string): boolean {
  const wanted = arnParts(pattern);
  const actual = arnParts(arn);
  if (wanted.length !== 6 || actual.length !== 6) return false;
  return wanted.every((part, at) => matches(part, actual[at] ?? ''));
}

/**
 * Whether `pattern` matches every text that `other` matches (each wildcard of `other` as one or more
 * characters). Proven with two probes that contain a character which `pattern` does not contain: only a
 * wildcard of `pattern` can match it, so that wildcard matches anything in its place.
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

/** Whether some text can match both patterns. Over-approximation: only false is certain. */
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
