import type { Fact, Unknown } from '../../../model/fact.ts';
import { join, known, type Learnt } from '../../facts.ts';

/** The value of a fact; null where there is none, with the reason put down in `missing`. */
export function valueOr<T>(fact: Fact<T>, missing: Unknown[]): T | null {
  if (fact.state === 'known') return fact.value;
  if (fact.state === 'unknown') missing.push(fact);
  return null;
}

/** What a decoder makes of a part of an answer; null where it throws, with the reason in `missing`. */
export function decoded<T>(operation: string, decode: () => T, missing: Unknown[]): T | null {
  return valueOr(known(operation, '', decode), missing);
}

/** A list that is known if nothing may be missing. */
export function listed<T>(entries: readonly T[], missing: readonly Unknown[]): Learnt<T[]> {
  const [first] = missing;
  if (first !== undefined) return first;
  return join([known('GetRole', '', () => entries)], (all) => [...all]);
}
