import type { CheckSummary } from './report.ts';

/** Major: a reader must change. Minor: something was added. */
export const comparisonVersion = '2.0';

/**
 * What a registry can say to a check. `judged`: read and decided; `holds` and `never`: the platform is
 * always so, which passes or fails the check; `by-hand`: no API tells; `not-offered`: the platform cannot have it.
 */
export type Offer = 'judged' | 'holds' | 'never' | 'by-hand' | 'not-offered';

/** One line of the comparison: an item of the registry checklist, or a theme of the catalogue. */
export interface ComparisonItem {
  readonly item: string;
  readonly title: string;
  /** Ids of the checks that answer it. */
  readonly checks: readonly string[];
}

export interface OfferedCheck {
  readonly check: string;
  readonly offer: Offer;
  /** Why it is not offered, or what is always so; null: it is judged. */
  readonly note: string | null;
}

/** What registries offer: a column per provider, a row per item. */
export interface Offers {
  readonly providers: readonly { readonly id: string; readonly title: string }[];
  readonly rows: readonly (ComparisonItem & {
    /** In the order of the providers, each with every check of the row. */
    readonly cells: readonly (readonly OfferedCheck[])[];
  })[];
}

/** What is switched on: a column per registry, a row per item, verdicts counted. */
export interface SwitchedOn {
  readonly registries: readonly {
    readonly id: string;
    readonly provider: string;
    /** False: it was not reached, or not seen whole. */
    readonly whole: boolean;
  }[];
  readonly rows: readonly (ComparisonItem & {
    readonly cells: readonly CheckSummary['verdicts'][];
  })[];
}

export interface Comparison {
  readonly schemaVersion: typeof comparisonVersion;
  readonly tool: { readonly name: string; readonly version: string };
  readonly offers: Offers;
  /** Null: no scan was given. */
  readonly switchedOn: SwitchedOn | null;
}
