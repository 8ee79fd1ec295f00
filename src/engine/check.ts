import type { Expectations } from '../model/expectations.ts';
import type { ValueOf } from '../model/fact.ts';
import type { Severity } from '../model/finding.ts';
import type { Fix } from '../model/fix.ts';
import type { Impact } from '../model/impact.ts';
import type { FactName, Subject, Subjects } from '../model/subjects.ts';

declare const minted: unique symbol;

/** The two verdicts of a check. Only `pass` and `fail` below create them. */
export interface Pass {
  readonly verdict: 'pass';
  readonly says: string;
  readonly [minted]: true;
}
export interface Fail {
  readonly verdict: 'fail';
  readonly says: string;
  readonly [minted]: true;
}

/** The values that a check receives: exactly the facts it needs, all of them known. */
export type KnownFacts<S extends Subject, N extends FactName<S>> = {
  readonly [K in N]: K extends keyof Subjects[S] ? ValueOf<Subjects[S][K]> : never;
};

/** The facts that are lists. Only a list can decide a check when it is known in part. */
export type ListName<S extends Subject, N extends FactName<S>> = {
  readonly [K in N]: KnownFacts<S, N>[K] extends readonly unknown[] ? K : never;
}[N];

export interface Check<
  S extends Subject = Subject,
  N extends FactName<S> = FactName<S>,
  E extends FactName<S> = FactName<S>,
> {
  /** Kebab-case, equal to the file name; a published id does not change. */
  readonly id: string;
  readonly subject: S;
  readonly severity: Severity;
  /** What its failure lets happen; `other` unless a check says more. */
  readonly impact: Impact;
  /** One sentence that is true when the check passes. */
  readonly title: string;
  /** The risk if the check fails. */
  readonly why: string;
  /** Items of the registry checklist that it covers, such as `C1` or `B3`. */
  readonly checklist: readonly string[];
  /** Topics of the control mapping (`checks/topics.ts`). */
  readonly topics: readonly string[];
  /** Pages about any registry; pages of a vendor are with the fixes of its adapter. */
  readonly references: readonly [string, ...string[]];
  /** By provider, only for custom checks: adapters hold the fixes of the catalogue. */
  readonly fix?: Readonly<Record<string, Partial<Fix>>>;
  /** False: runs only if selected, because it needs many calls or depends on preference. */
  readonly byDefault: boolean;
  readonly needs: readonly [N, ...N[]];
  /**
   * Lists whose known part is enough for a fail: another entry can never turn a fail into a pass.
   */
  readonly decidedBy: readonly ListName<S, N>[];
  /**
   * Facts that can only mitigate a fail. An unknown one is absent: mitigation needs proof, and a denied
   * call must not hide a failure.
   */
  readonly mitigatedBy: readonly E[];
  readonly judge: (
    known: KnownFacts<S, N> & Partial<KnownFacts<S, E>>,
    expected: Expectations,
  ) => Pass | Fail;
}

/** A check as the engine handles it, whatever its subject. */
export type AnyCheck = Omit<
  Check,
  'judge' | 'needs' | 'decidedBy' | 'mitigatedBy' | 'references'
> & {
  readonly references: readonly string[];
  readonly needs: readonly string[];
  readonly decidedBy: readonly string[];
  readonly mitigatedBy: readonly string[];
  readonly judge: (known: never, expected: Expectations) => Pass | Fail;
};

type Definition<S extends Subject, N extends FactName<S>, E extends FactName<S>> = Omit<
  Check<S, N, E>,
  'impact' | 'byDefault' | 'decidedBy' | 'mitigatedBy'
> & {
  readonly impact?: Impact;
  readonly byDefault?: boolean;
  readonly decidedBy?: readonly ListName<S, N>[];
  readonly mitigatedBy?: readonly E[];
};

/** Declares a check. Out: the definition with defaults filled in. */
export function defineCheck<
  const S extends Subject,
  const N extends FactName<S>,
  const E extends FactName<S> = never,
>(definition: Definition<S, N, E>): Check<S, N, E> {
  return { impact: 'other', byDefault: true, decidedBy: [], mitigatedBy: [], ...definition };
}

/** The check passes. `says`: one clause in the present tense about the current state; no full stop. */
export function pass(says: string): Pass {
  return { verdict: 'pass', says } as Pass;
}

/** The check fails. `says` as in `pass`. */
export function fail(says: string): Fail {
  return { verdict: 'fail', says } as Fail;
}

/** Formats up to five items and the number of further ones. */
export function enumerate(items: readonly string[]): string {
  const shown = items.slice(0, 5).join(', ');
  return items.length > 5 ? `${shown} and ${items.length - 5} more` : shown;
}

/** Formats the end of a sentence: `: ` and the reason, or '' without one. */
export function because({ because: why }: { readonly because?: string }): string {
  return why === undefined ? '' : `: ${why}`;
}
