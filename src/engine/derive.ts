import type { Derivation, DerivedFor } from '../model/derivation.ts';
import type { AnyFact } from '../model/fact.ts';

type Facts = Readonly<Record<string, AnyFact>>;

/** The facts of a repository with those derived from them, which replace any of the same name. */
export function withDerived(
  facts: Facts,
  derivations: readonly Derivation[],
  about: DerivedFor,
): Facts {
  if (derivations.length === 0) return facts;
  const derived = derivations.map(({ fact, derive, always }) => [
    fact,
    always ?? derive(facts, about),
  ]);
  return { ...facts, ...Object.fromEntries(derived) };
}

/** The facts that are equal for all repositories of a registry, with the derived ones that are. */
export function defaultsWithDerived(facts: Facts, derivations: readonly Derivation[]): Facts {
  const derived = derivations.flatMap(({ fact, always }) =>
    always === null ? [] : [[fact, always] as const],
  );
  return derived.length === 0 ? facts : { ...facts, ...Object.fromEntries(derived) };
}
