import type { DeclaredExpectations } from '../model/expectations.ts';
import type { FactName, Subject } from '../model/subjects.ts';
import type { AnyCheck, Check, KnownFacts } from './check.ts';

/** Expectations that a case sets; all others are undeclared. */
export type CaseExpectations = Partial<DeclaredExpectations> & {
  readonly now?: string;
  readonly repository?: string;
};

type CaseRow<S extends Subject, N extends FactName<S>, E extends FactName<S>> = readonly [
  known: KnownFacts<S, N> & Partial<KnownFacts<S, E>>,
  verdict: 'pass' | 'fail',
  expected?: CaseExpectations,
];

/** Examples of a check: they are unit tests and documentation, and prove that both verdicts are reachable. */
export interface Cases {
  readonly check: AnyCheck;
  readonly rows: Readonly<
    Record<string, readonly [Readonly<Record<string, unknown>>, 'pass' | 'fail', CaseExpectations?]>
  >;
}

/** Type-checks examples against the facts of a check. In: each example is named by a sentence. */
export function cases<S extends Subject, N extends FactName<S>, E extends FactName<S>>(
  check: Check<S, N, E>,
  rows: Readonly<Record<string, CaseRow<S, N, E>>>,
): Cases {
  return { check, rows };
}
