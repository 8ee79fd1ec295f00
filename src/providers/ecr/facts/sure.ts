import type { Fact } from '../../../model/fact.ts';
import { Inconclusive, join } from '../../facts.ts';

/** Entries that are surely there, and every reason why there may be more. */
export interface Sure<T> {
  readonly entries: readonly T[];
  readonly doubts: readonly string[];
}

/** The list of a fact; with doubts it is not known. */
export function sureList<T>(fact: Fact<Sure<T>>): Fact<T[]> {
  return join([fact], ({ entries, doubts }) => {
    if (doubts.length > 0) throw new Inconclusive([...new Set(doubts)].join('; '));
    return [...entries];
  });
}
