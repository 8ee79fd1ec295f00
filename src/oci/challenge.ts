/** One challenge in `www-authenticate` (RFC 9110, 11.6.1). */
export interface Challenge {
  /** In lower case; vendors differ. */
  readonly scheme: string;
  /** Names in lower case; the first of equal names counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

const longestHeader = 8 * 1024;
const mostChallenges = 10;

/** Parses the challenges of a header in one bounded pass. Stops at the first syntax error and keeps the earlier ones. */
export function challengesOf(header: string): readonly Challenge[] {
  const text = header.slice(0, longestHeader);
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  // A scheme or a parameter, with preceding commas and spaces.
  const piece = /[\s,]*([!#$%&'*+.^_`|~\w-]+)(?:[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?/y;
  while (piece.lastIndex < text.length) {
    const found = piece.exec(text);
    if (found === null) break;
    const [, name = '', quoted, bare] = found;
    const value = quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1');
    const current = challenges.at(-1);
    if (value === undefined) {
      if (challenges.length === mostChallenges) break;
      challenges.push({ scheme: name.toLowerCase(), parameters: new Map() });
    } else if (current === undefined) break;
    else if (!current.parameters.has(name.toLowerCase()))
      current.parameters.set(name.toLowerCase(), value);
  }
  return challenges;
}
