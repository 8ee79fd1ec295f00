import type { DeclaredExpectations } from '../model/expectations.ts';
import type { FactName, Subject } from '../model/subjects.ts';
import type { AnyCheck, Check, KnownFacts } from './check.ts';

/** What a case may set of the expectations; everything else is "nothing declared". */
export type CaseExpectations = Partial<DeclaredExpectations> & {
  readonly now?: string;
  readonly repository?: string;
};

type CaseRow<S extends Subject, N extends FactName<S>, E extends FactName<S>> = readonly [
  known: KnownFacts<S, N> & Partial<KnownFacts<S, E>>,
  verdict: 'pass' | 'fail',
  expected?: CaseExpectations,
];

/** Examples of a check: unit tests, documentation, and the proof that both verdicts are reachable. */
export interface Cases {
  readonly check: AnyCheck;
  readonly rows: Readonly<
    Record<string, readonly [Readonly<Record<string, unknown>>, 'pass' | 'fail', CaseExpectations?]>
  >;
}

/** In: a check and its examples, each named by a sentence. Out: the same, checked against the facts' types. */
export function cases<S extends Subject, N extends FactName<S>, E extends FactName<S>>(
  check: Check<S, N, E>,
  rows: Readonly<Record<string, CaseRow<S, N, E>>>,
): Cases {
  return { check, rows };
}
