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
import { covers } from '../../../model/wildcard.ts';
import { everyRepository, tagWildcards, widerWildcards } from './glob.ts';

/** What one rule locks in every repository of the project. */
type Locks =
  | { readonly mode: 'all' }
  | { readonly mode: 'only' | 'all-except'; readonly patterns: readonly string[] };

/**
 * ListImmuRules of a project. A lock counts only where it is certain for every repository, those to come
 * among them: a rule for some repositories adds nothing.
 */
export function tagLock(rules: readonly unknown[]): TagLock {
  const locks = rules.flatMap((raw) => {
    const lock = ruleLock(objectOf(raw, 'a rule'));
    return lock === null ? [] : [lock];
  });
  if (locks.some(({ mode }) => mode === 'all')) return { mode: 'all' };
  const only = locks.flatMap((lock) => (lock.mode === 'only' ? lock.patterns : []));
  const [exempt] = locks.flatMap((lock) => (lock.mode === 'all-except' ? [lock.patterns] : []));
  if (exempt !== undefined) return allExcept(exempt, only);
  return only.length === 0 ? { mode: 'none' } : { mode: 'only', patterns: [...new Set(only)] };
}

/** What one rule leaves open another may lock. Of several exempting rules one is as much as is sure. */
function allExcept(open: readonly string[], locked: readonly string[]): TagLock {
  const patterns = open.filter((tags) => !locked.some((pattern) => covers(pattern, tags)));
  return patterns.length === 0 ? { mode: 'all' } : { mode: 'all-except', patterns };
}

/**
 * Only the first selector of repositories and the first of tags are looked at, and a rule without one
 * matches nothing (src/pkg/immutable/match/rule/match.go). `disabled` is left out when false.
 */
function ruleLock(rule: JsonObject): Locks | null {
  enumAt(rule, 'action', ['immutable']);
  if (maybeBoolean(rule, 'disabled') === true) return null;
  const scopes = maybeObject(rule, 'scope_selectors');
  const [repositories] = scopes === null ? [] : maybeObjects(scopes, 'repository');
  const [tags] = maybeObjects(rule, 'tag_selectors');
  if (repositories === undefined || tags === undefined) return null;
  const scope = selector(repositories, ['repoMatches', 'repoExcludes']);
  const chosen = selector(tags, ['matches', 'excludes']);
  if (scope.decoration !== 'repoMatches' || !everyRepository(scope.pattern)) return null;
  if (chosen.decoration === 'excludes') {
    const open = widerWildcards(chosen.pattern).filter(matchesATag);
    return open.length === 0 ? { mode: 'all' } : { mode: 'all-except', patterns: open };
  }
  // A glob that wildcards cannot say stands as it is: no other tag is claimed to be locked by it.
  const exact = tagWildcards(chosen.pattern);
  const patterns = exact === null ? [chosen.pattern] : exact.filter(matchesATag);
  if (patterns.includes('*')) return { mode: 'all' };
  return patterns.length === 0 ? null : { mode: 'only', patterns };
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
