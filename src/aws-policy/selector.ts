import type { Selector, Statement } from './document.ts';
import { arnParts, covers, hasWildcard, literalHead, matches, overlaps } from './match.ts';

/** How the Resource of a statement relates to the given resource. */
export interface Relation {
  /** Whether the statement applies to at least one of the resources. */
  readonly touches: 'yes' | 'maybe' | 'no';
  /** Whether it certainly applies to all of them. */
  readonly covers: boolean;
}

/**
 * Whether Action includes, or NotAction does not exclude, this action; case-insensitive, as in IAM.
 * In: an action without wildcards, such as "ecr:PutImage".
 */
export function selectsAction(selector: Selector, action: string): boolean {
  const lower = action.toLowerCase();
  return selector.patterns.some((pattern) => matches(pattern, lower)) !== selector.negated;
}

/**
 * Relates Resource or NotResource to a resource ARN or ARN pattern. A variable can be any text. A wildcard across a colon, and an ARN
 * with omitted parts, give 'maybe': AWS completes and expands them only in some policies (IAM User Guide,
 * reference_policies_grammar and …_elements_resource).
 */
export function relate(statement: Statement, resource: string): Relation {
  const selector = statement.resources;
  if (selector === null) return { touches: 'yes', covers: true };
  const plain = relatePatterns(selector, resource);
  if (!selector.negated) return plain;
  if (plain.covers) return { touches: 'no', covers: false };
  const untouched = plain.touches === 'no';
  const sure = untouched || (hasWildcard(resource) && selector.variable.length === 0);
  return { touches: sure ? 'yes' : 'maybe', covers: untouched };
}

function relatePatterns({ patterns, variable }: Selector, resource: string): Relation {
  if (patterns.some((pattern) => surelyCovers(pattern, resource))) {
    return { touches: 'yes', covers: true };
  }
  if (patterns.some((pattern) => surelyTouches(pattern, resource))) {
    return { touches: 'yes', covers: false };
  }
  const any = variable.map((text) => text.replace(/\$\{[^}]*\}?/g, '*'));
  const maybe = [...patterns, ...any].some((pattern) => mayTouch(pattern, resource));
  return { touches: maybe ? 'maybe' : 'no', covers: false };
}

function surelyCovers(pattern: string, resource: string): boolean {
  return pattern === '*' || partwise(pattern, resource, covers);
}

function surelyTouches(pattern: string, resource: string): boolean {
  return hasWildcard(resource) && partwise(pattern, resource, overlaps);
}

function mayTouch(pattern: string, resource: string): boolean {
  return [pattern, completed(pattern)].some((wide) => {
    if (!hasWildcard(resource)) return matches(wide, resource);
    if (!hasWildcard(wide)) return matches(resource, wide);
    // The rest of either one can be completed to match the other.
    const [own, asked] = [literalHead(wide), literalHead(resource)];
    return own.startsWith(asked) || asked.startsWith(own);
  });
}

function partwise(
  pattern: string,
  resource: string,
  test: (pattern: string, part: string) => boolean,
): boolean {
  const wanted = arnParts(pattern);
  const asked = arnParts(resource);
  if (wanted.length !== 6 || asked.length !== 6) return false;
  return wanted.every((part, at) => test(part, asked[at] ?? ''));
}

function completed(pattern: string): string {
  const parts = arnParts(pattern);
  return parts[0] === 'arn' && parts.length < 6
    ? [...parts, ...Array<string>(6 - parts.length).fill('*')].join(':')
    : pattern;
}
