import { covers, hasWildcard, matches } from './match.ts';

/**
 * The intersection of two lists of alternative patterns, ignoring case (an over-approximation). Of two
 * overlapping patterns the first in alphabetical order represents both.
 */
export function commonPatterns(
  one: readonly string[],
  other: readonly string[],
): readonly string[] {
  return [...new Set(one.flatMap((left) => other.flatMap((right) => commonPattern(left, right))))];
}

function commonPattern(one: string, other: string): readonly string[] {
  const [left, right] = [one.toLowerCase(), other.toLowerCase()];
  if (!hasWildcard(left)) return matches(right, left) ? [one] : [];
  if (!hasWildcard(right)) return matches(left, right) ? [other] : [];
  if (covers(right, left)) return [one];
  if (covers(left, right)) return [other];
  return one < other ? [one] : [other];
}
