import type { TagLock } from '../../../model/tag-lock.ts';
import { covers, matches, overlap } from '../../../model/wildcard.ts';
import { Inconclusive } from '../../facts.ts';
import type { Immutability } from '../decode/policies.ts';
import type { Tag } from '../decode/tags.ts';
import { type TagSet, tagSet } from './tag-pattern.ts';

/**
 * What policies lock, all of them together, and what single tags say of themselves: a tag that is not
 * immutable is locked by no policy, whatever its pattern says. Throws `Inconclusive` where it cannot be told.
 */
export function lockOf(policies: readonly Immutability[], tags: readonly Tag[]): TagLock {
  const open = tags.filter(({ immutable }) => immutable === false).map(({ name }) => name);
  const exempt = policies.filter(({ matches: locks }) => !locks).map(readable);
  const locking = policies.filter(({ matches: locks }) => locks).map(readable);
  const locked = locking.filter(({ exact }) => exact).flatMap(({ wildcards }) => wildcards);
  if (exempt.length > 0) return beside(exemptions(exempt, locked), open);
  if (locked.some((pattern) => covers(pattern, '*'))) return beside([], open);
  const held = locked.filter((pattern) => !open.some((name) => matches(pattern, name)));
  const rough = locking.find(({ exact }) => !exact);
  if (held.length === 0 && rough !== undefined) {
    throw new Inconclusive(
      `which tags match ${rough.wildcards.slice(0, 3).join(', ')} by the policies cannot be told here`,
    );
  }
  return held.length === 0 ? { mode: 'none' } : { mode: 'only', patterns: [...new Set(held)] };
}

function readable({ pattern }: Immutability): TagSet {
  const found = tagSet(pattern, 'whole');
  if (found !== null) return found;
  throw new Inconclusive(`which tags ${pattern.slice(0, 80)} matches cannot be told here`);
}

/** What every inverted policy exempts, and no other locks. */
function exemptions(exempt: readonly TagSet[], locked: readonly string[]): readonly string[] {
  const [first, ...others] = exempt.map(({ wildcards }) => wildcards);
  const shared = (first ?? []).filter((pattern) =>
    others.every((other) => other.some((one) => overlap(one, pattern))),
  );
  return shared.filter((pattern) => !locked.some((one) => covers(one, pattern)));
}

function beside(exempt: readonly string[], open: readonly string[]): TagLock {
  const patterns = [
    ...exempt,
    ...open.filter((name) => !exempt.some((pattern) => matches(pattern, name))),
  ];
  return patterns.length === 0 ? { mode: 'all' } : { mode: 'all-except', patterns };
}
