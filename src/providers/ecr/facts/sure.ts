import type { Fact, Unsupported } from '../../../model/fact.ts';
import { Inconclusive, unlearnt } from '../../facts.ts';
import { type LearntList, partial } from '../../parts.ts';

/** Entries that are surely there, and every reason why there may be more. */
export interface Sure<T> {
  readonly entries: readonly T[];
  readonly doubts: readonly string[];
}

/** The list of a fact; with doubts it is known in part. */
export function sureList<T>(fact: Fact<Sure<T>>): LearntList<T> | Unsupported {
  if (fact.state !== 'known') return fact;
  const { entries, doubts } = fact.value;
  const missing = [...new Set(doubts)].map((doubt) =>
    unlearnt(new Inconclusive(doubt), fact.from, fact.value),
  );
  return partial(entries, fact.from, missing);
}
