import type { Fact, Whole } from '../../../model/fact.ts';
import { join, known } from '../../facts.ts';
import { joinLists } from '../../parts.ts';

/**
 * A list made of a list and of something that must be known whole. Every entry may rest on any entry that
 * is known, and on none that is missing.
 */
export function ofList<E, B, T>(
  list: Fact<readonly E[]>,
  base: Whole<B>,
  value: (entries: readonly E[], base: B) => readonly T[],
): Fact<readonly T[]> {
  if (!('value' in list)) return list;
  const entries = known(list.from.operation, '', () => list.value);
  const made = join([entries, base], (all, whole) => value(all, whole));
  return list.state === 'partial' ? joinLists<T>([made, { ...list, value: [] }]) : made;
}

/** What is known of a list, as a whole that lacks the rest: for looking up what is there. */
export function partOf<T>(list: Fact<readonly T[]>): Whole<readonly T[]> {
  return 'value' in list ? known(list.from.operation, '', () => list.value) : list;
}
