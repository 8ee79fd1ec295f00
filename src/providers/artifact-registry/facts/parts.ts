import type { Unknown } from '../../../model/fact.ts';
import { join, known, type Learnt } from '../../facts.ts';

/** A list that is known if nothing may be missing. */
export function listed<T>(entries: readonly T[], missing: readonly Unknown[]): Learnt<T[]> {
  const [first] = missing;
  return first === undefined
    ? join([known('GetRole', '', () => entries)], (all) => [...all])
    : first;
}
