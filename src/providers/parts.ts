import {
  type Fact,
  type NotExposed,
  type PartlyKnown,
  type Source,
  type Unknown,
  type Unsupported,
  unknownFor,
} from '../model/fact.ts';
import { type Learnt, unlearnt } from './facts.ts';

/** A list, whole or in part, as calls can tell it. */
export type LearntList<T> = Learnt<T[]> | PartlyKnown<T[]>;

/**
 * A list of which only `entries` are surely there. An entry may be among them only if nothing that is
 * `missing` can remove or weaken it. Nothing missing: the list is known; no entries: it is unknown.
 */
export function partial<T>(
  entries: readonly T[],
  from: Source,
  missing: readonly Unknown[],
): LearntList<T> {
  const [first, ...more] = missing;
  if (first === undefined) return { state: 'known', value: [...entries], from };
  if (entries.length === 0) return unknownFor(missing) ?? first;
  return { state: 'partial', value: [...entries], from, missing: [first, ...more] };
}

/** One list out of several, of which none can remove or weaken an entry of another. */
export function joinLists<T>(lists: readonly Fact<readonly T[]>[]): LearntList<T> {
  const read = lists.flatMap((list) => ('value' in list ? [list] : []));
  const operations = new Set(read.flatMap(({ from }) => from.operation.split(' + ')));
  return partial(
    read.flatMap(({ value }) => value),
    { operation: [...operations].join(' + ') },
    lists.flatMap(missingOf),
  );
}

/**
 * The entries of a list one by one. `decode` throws on an entry that it does not recognise or that is
 * not settled: this one is missing, and the others stay.
 */
export function eachEntry<E, T>(
  list: Fact<readonly E[]>,
  decode: (entry: E) => readonly T[],
): LearntList<T> | Unsupported {
  if (!('value' in list)) return list;
  const missing = [...missingOf(list)];
  const entries = list.value.flatMap((entry) => {
    try {
      return decode(entry);
    } catch (error) {
      missing.push(unlearnt(error, list.from, entry));
      return [];
    }
  });
  return partial(entries, list.from, missing);
}

/** The list, and what no API tells of it. */
export function withRest<T>(list: LearntList<T>, rest: NotExposed): LearntList<T> {
  if (!('value' in list)) return unknownFor([list, rest]) ?? list;
  return partial(list.value, list.from, [...missingOf(list), rest]);
}

/** What is left of a fact that decides only as a whole, when it is not known whole: every reason. */
export function gapOf(fact: Unknown | Unsupported | PartlyKnown<unknown>): Unknown | Unsupported {
  return fact.state === 'partial' ? (unknownFor(fact.missing) ?? fact.missing[0]) : fact;
}

function missingOf(fact: Fact<readonly unknown[]>): readonly Unknown[] {
  if (fact.state === 'partial') return fact.missing;
  return fact.state === 'unknown' ? [fact] : [];
}
