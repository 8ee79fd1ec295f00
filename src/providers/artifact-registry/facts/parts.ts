import { type Fact, type Unknown, unknownFor } from '../../../model/fact.ts';
import { known, type Learnt } from '../../facts.ts';
import { type LearntList, partial } from '../../parts.ts';

/** What of a fact is known; null: nothing. Every reason for the rest is added to `missing`. */
export function valueOr<T>(fact: Fact<T>, missing: Unknown[]): T | null {
  switch (fact.state) {
    case 'known':
      return fact.value;
    case 'partial':
      missing.push(...fact.missing);
      return fact.value;
    case 'unknown':
      missing.push(fact);
      return null;
    case 'unsupported':
      return null;
  }
}

/**
 * What a decoder makes of `input`, a part of an answer of `operation`; null where it throws, with the
 * reason added to `missing`.
 */
export function decoded<T>(
  operation: string,
  input: unknown,
  decode: () => T,
  missing: Unknown[],
): T | null {
  const found = known(operation, '', decode, input);
  if (found.state === 'known') return found.value;
  missing.push(found);
  return null;
}

/** A list read from these operations, of which `entries` are surely there. */
export function listed<T>(
  operations: readonly string[],
  entries: readonly T[],
  missing: readonly Unknown[],
): LearntList<T> {
  // One policy that is denied is missing in every repository: it is one reason.
  const reasons = [...new Set(missing)];
  return partial(entries, { operation: operations.join(' + ') }, reasons);
}

/** A value that takes everything to be known; unknown, with every reason, where something is missing. */
export function settled<T>(
  operation: string,
  missing: readonly Unknown[],
  value: () => T,
  input?: unknown,
): Learnt<T> {
  return unknownFor(missing) ?? known(operation, '', value, input);
}
