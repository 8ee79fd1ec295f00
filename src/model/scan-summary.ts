import type { Severity, Standing, VerdictWord } from './finding.ts';
import type { Listing } from './snapshot.ts';

/** How often each verdict was given, and how many of these the policy exempts. */
export type VerdictCounts = Record<VerdictWord | Exemption, number>;
/** The standings of findings that decide nothing. */
export const exemptions = ['waived', 'baselined', 'accepted'] as const;
export type Exemption = Exclude<Standing['mode'], 'active'>;

/** What was counted of one registry. */
export interface RegistryCounts {
  readonly id: string;
  readonly provider: string;
  readonly reachable: boolean;
  readonly takenAt: string;
  /** Repositories judged. */
  judged: number;
  /** Whether its end line came. */
  ended: boolean;
  listing: Listing;
  /** Whether the policy accepts every unknown that comes from a list that could not be read. */
  listingAccepted: boolean;
  calls: number;
  readonly verdicts: VerdictCounts;
}

/** What a scan counted; the findings themselves went to the sink. */
export interface ScanSummary {
  readonly checks: ReadonlyMap<string, VerdictCounts>;
  /** Failures and unknowns that are active, by their severity: what the exit code rests on. */
  readonly active: Readonly<Record<Severity, { fail: number; unknown: number }>>;
  readonly registries: readonly RegistryCounts[];
}
