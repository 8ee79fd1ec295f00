import type { Expectations } from '../model/expectations.ts';
import type { ValueOf } from '../model/fact.ts';
import type { Severity } from '../model/finding.ts';
import type { Fix } from '../model/fix.ts';
import type { FactName, Subject, Subjects } from '../model/subjects.ts';

declare const minted: unique symbol;

/** The two verdicts a check can give. Only `pass` and `fail` below make them. */
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

/** The values a check is handed: exactly the facts it needs, and all of them known. */
export type KnownFacts<S extends Subject, N extends FactName<S>> = {
  readonly [K in N]: K extends keyof Subjects[S] ? ValueOf<Subjects[S][K]> : never;
};

/** Those of the facts that are lists: a part of a list can decide, a part of anything else cannot. */
export type ListName<S extends Subject, N extends FactName<S>> = {
  readonly [K in N]: KnownFacts<S, N>[K] extends readonly unknown[] ? K : never;
}[N];

export interface Check<
  S extends Subject = Subject,
  N extends FactName<S> = FactName<S>,
  E extends FactName<S> = FactName<S>,
> {
  /** Kebab-case, the file's name, for ever. */
  readonly id: string;
  readonly subject: S;
  readonly severity: Severity;
  /** One sentence that is true when the check passes. */
  readonly title: string;
  /** What goes wrong otherwise. */
  readonly why: string;
  /** Items of the registry checklist it answers, such as `C1` or `B3`. */
  readonly checklist: readonly string[];
  /** Topics of the control mapping (`checks/topics.ts`). */
  readonly topics: readonly string[];
  /** Pages that hold for any registry; those of a vendor are with the fixes of its adapter. */
  readonly references: readonly [string, ...string[]];
  /** Of a custom check alone, by provider: the adapters have the fixes of the catalogue. */
  readonly fix?: Readonly<Record<string, Partial<Fix>>>;
  /** False: runs only when named, because it costs many calls or depends on taste. */
  readonly byDefault: boolean;
  readonly needs: readonly [N, ...N[]];
  /**
   * Lists whose known part is enough for a fail: one more entry can never turn a fail into a pass.
   */
  readonly decidedBy: readonly ListName<S, N>[];
  /**
   * Facts that can only excuse, never accuse or acquit. One that is not known is simply not
   * there: an excuse needs proof, and a denied call must not turn a plain failure into silence.
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
  'byDefault' | 'decidedBy' | 'mitigatedBy'
> & {
  readonly byDefault?: boolean;
  readonly decidedBy?: readonly ListName<S, N>[];
  readonly mitigatedBy?: readonly E[];
};

/** Declares a check. In: its metadata, needs and judgment. Out: the same, with defaults filled in. */
export function defineCheck<
  const S extends Subject,
  const N extends FactName<S>,
  const E extends FactName<S> = never,
>(definition: Definition<S, N, E>): Check<S, N, E> {
  return { byDefault: true, decidedBy: [], mitigatedBy: [], ...definition };
}

/** The check holds. `says`: one clause, present tense, what is; no subject, no full stop. */
export function pass(says: string): Pass {
  return { verdict: 'pass', says } as Pass;
}

/** The check does not hold. `says` as in `pass`. */
export function fail(says: string): Fail {
  return { verdict: 'fail', says } as Fail;
}

/** Up to five items and the count of the rest, for sentences about lists of any length. */
export function enumerate(items: readonly string[]): string {
  const shown = items.slice(0, 5).join(', ');
  return items.length > 5 ? `${shown} and ${items.length - 5} more` : shown;
}

/** The end of a sentence about what is not there: `: ` and why, where the fact says it. */
export function because({ because: why }: { readonly because?: string }): string {
  return why === undefined ? '' : `: ${why}`;
}
