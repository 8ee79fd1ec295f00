import {
  enumAt,
  type JsonObject,
  maybeBoolean,
  maybeObject,
  maybeObjects,
  maybeString,
  objectOf,
} from '../../../decode/fields.ts';
import type { TagLock } from '../../../model/tag-lock.ts';
import { covers, overlap } from '../../../model/wildcard.ts';
import {
  boundedRules,
  everyRepository,
  refuseCostly,
  tagWildcards,
  widerWildcards,
} from './glob.ts';

/** What the immutability rules of a project hold in every repository, those to come among them. */
export interface Immutable {
  /** Images with a tag that matches one of these wildcards. */
  readonly only: readonly string[];
  /** For each rule that leaves tags out: those. It holds images with any other tag. */
  readonly open: readonly (readonly string[])[];
  /**
   * Whether images without a tag may be held too: a rule that leaves tags out also selects what has none
   * (src/lib/selector/selectors/doublestar, tagSelectExclude).
   */
  readonly untagged: boolean;
  /** Wider than what rules hold whose globs wildcards cannot say: none, or some, of these tags. */
  readonly perhaps: readonly string[];
}

/** ListImmuRules of a project. A rule for some repositories adds nothing to what is held of tags. */
export function immutable(rules: readonly unknown[]): Immutable {
  const all = boundedRules(rules).flatMap((raw) => {
    const rule = ruleOf(objectOf(raw, 'a rule'));
    return rule === null ? [] : [rule];
  });
  refuseCostly(all.flatMap(({ patterns, perhaps }) => [...patterns, ...perhaps]));
  const sure = all.filter(({ everywhere }) => everywhere);
  const patternsOf = (wanted: Rule['decoration']) =>
    sure.flatMap(({ decoration, patterns }) => (decoration === wanted ? [patterns] : []));
  return {
    only: [...new Set(patternsOf('matches').flat())],
    open: patternsOf('excludes'),
    untagged: all.some(({ decoration }) => decoration === 'excludes'),
    perhaps: [...new Set(sure.flatMap(({ perhaps }) => perhaps))],
  };
}

/** Which tags are locked. */
export function tagLock({ only, open }: Immutable): TagLock {
  const [first = ['*'], ...others] = open;
  const left = others
    .reduce<readonly string[]>(openInBoth, first)
    .filter((tags) => !only.some((pattern) => covers(pattern, tags)));
  if (left.length === 0) return { mode: 'all' };
  if (!left.includes('*')) return { mode: 'all-except', patterns: [...left] };
  return only.length === 0 ? { mode: 'none' } : { mode: 'only', patterns: [...only] };
}

/** What two rules leave open: where that cannot be said exactly, what one of them does. */
function openInBoth(one: readonly string[], other: readonly string[]): readonly string[] {
  const common = one.flatMap((mine): readonly string[] => {
    const theirs = other.filter((pattern) => overlap(mine, pattern));
    return theirs.length > 0 && theirs.every((pattern) => covers(mine, pattern)) ? theirs : [mine];
  });
  return common.filter((mine) => other.some((pattern) => overlap(mine, pattern)));
}

interface Rule {
  readonly decoration: 'matches' | 'excludes';
  readonly patterns: readonly string[];
  readonly everywhere: boolean;
  readonly perhaps: readonly string[];
}

/**
 * Only the first selector of repositories and the first of tags are looked at, and a rule without one
 * matches nothing (src/pkg/immutable/match/rule/match.go). `disabled` is left out when false.
 */
function ruleOf(rule: JsonObject): Rule | null {
  enumAt(rule, 'action', ['immutable']);
  if (maybeBoolean(rule, 'disabled') === true) return null;
  const scopes = maybeObject(rule, 'scope_selectors');
  const [repositories] = scopes === null ? [] : maybeObjects(scopes, 'repository');
  const [tags] = maybeObjects(rule, 'tag_selectors');
  if (repositories === undefined || tags === undefined) return null;
  const scope = selector(repositories, ['repoMatches', 'repoExcludes']);
  const { decoration, pattern } = selector(tags, ['matches', 'excludes']);
  const everywhere = scope.decoration === 'repoMatches' && everyRepository(scope.pattern);
  // A glob that wildcards cannot say stands as it is: no other tag is claimed to be locked by it.
  const exact = tagWildcards(pattern);
  const narrow = exact === null ? [pattern] : exact;
  const patterns = decoration === 'excludes' ? widerWildcards(pattern) : narrow;
  const held = decoration === 'excludes' ? ['*'] : widerWildcards(pattern);
  return {
    decoration,
    patterns: patterns.filter(matchesATag),
    everywhere,
    perhaps: exact === null ? held : [],
  };
}

function matchesATag(pattern: string): boolean {
  return pattern !== '';
}

/** A selector of an immutability or retention rule. Harbor leaves an empty pattern out. */
export function selector<const W extends string>(
  raw: JsonObject,
  decorations: readonly W[],
): { readonly decoration: W; readonly pattern: string } {
  enumAt(raw, 'kind', ['doublestar']);
  const pattern = raw['pattern'] === '' ? null : maybeString(raw, 'pattern');
  return {
    decoration: enumAt(raw, 'decoration', decorations),
    pattern: pattern === null ? '' : pattern,
  };
}
