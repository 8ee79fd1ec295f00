import type { AnyFact } from './fact.ts';

type Facts = Readonly<Record<string, AnyFact>>;

/** What a fact is derived for. */
export interface DerivedFor {
  readonly provider: string;
  /** Id of the registry. */
  readonly registry: string;
  readonly repository: string;
  /** When the facts were read, ISO 8601. */
  readonly now: string;
}

/** Computes one fact of a repository from collected facts and from what was declared. Pure. */
export interface Derivation {
  readonly fact: string;
  readonly derive: (facts: Facts, about: DerivedFor) => AnyFact;
  /** The value for all repositories alike, if it depends on none of them; null: it depends. */
  readonly always: AnyFact | null;
}
