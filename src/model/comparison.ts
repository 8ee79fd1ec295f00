import type { CheckSummary } from './report.ts';

/** Semantic version of the document: major for incompatible changes, minor for additions. */
export const comparisonVersion = '2.0';

/**
 * What a registry product offers for a check. `judged`: the setting is read and evaluated; `holds` and
 * `never`: the platform always passes or always fails; `by-hand`: no API exposes it; `not-offered`: the
 * platform has no such feature.
 */
export type Offer = 'judged' | 'holds' | 'never' | 'by-hand' | 'not-offered';

/** One row of the comparison: a checklist item or a theme of the catalogue. */
export interface ComparisonItem {
  readonly item: string;
  readonly title: string;
  /** Ids of its checks. */
  readonly checks: readonly string[];
}

export interface OfferedCheck {
  readonly check: string;
  readonly offer: Offer;
  /** Why it is not offered, or what always holds; null: it is evaluated. */
  readonly note: string | null;
}

/** What registry products offer: a column per provider, a row per item. */
export interface Offers {
  readonly providers: readonly { readonly id: string; readonly title: string }[];
  readonly rows: readonly (ComparisonItem & {
    /** In the order of the providers; each cell has every check of the row. */
    readonly cells: readonly (readonly OfferedCheck[])[];
  })[];
}

/** What scanned registries have switched on: a column per registry, a row per item, verdict counts. */
export interface SwitchedOn {
  readonly registries: readonly {
    readonly id: string;
    readonly provider: string;
    /** False: the registry was not reached, or not read to its end. */
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
