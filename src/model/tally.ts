import type { VerdictWord } from './finding.ts';
import type { Listing } from './snapshot.ts';

/** How often each verdict was given. */
export type CheckTally = Record<VerdictWord, number>;

/** What was counted of one registry. */
export interface RegistryTally {
  readonly id: string;
  readonly provider: string;
  readonly reachable: boolean;
  readonly takenAt: string;
  /** Repositories judged. */
  judged: number;
  /** Whether its end line came. */
  ended: boolean;
  listing: Listing;
  calls: number;
  readonly verdicts: CheckTally;
}

/** What a scan counted; the findings themselves went to the sink. */
export interface Tally {
  readonly checks: ReadonlyMap<string, CheckTally>;
  readonly registries: readonly RegistryTally[];
}
