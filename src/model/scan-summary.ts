import type { Why } from './fact.ts';
import type { Severity, Suppression, VerdictWord } from './finding.ts';
import type { Listing } from './snapshot.ts';

/**
 * How often each verdict was given, how many of these the policy exempts, and how many of the unknown
 * and not applicable ones are to be checked by hand.
 */
export type VerdictCounts = Record<VerdictWord | Exemption | 'byHand', number>;
/** Counts of suppressed findings: they do not affect the exit code. */
export const exemptions = ['waived', 'baselined', 'accepted'] as const;
export type Exemption = (typeof exemptions)[number];
/** Under which count a suppressed finding is counted. */
export const exemptionOf: Readonly<Record<Suppression['kind'], Exemption>> = {
  waiver: 'waived',
  baseline: 'baselined',
  accepted: 'accepted',
};

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
  /** Findings of each severity, whatever their verdict. */
  readonly ran: Record<Severity, number>;
  /** And how many of them are a pass or a fail. */
  readonly decided: Record<Severity, number>;
  /** What came of each check that ran, all its subjects taken together. */
  readonly coverage: Map<string, CheckOutcome>;
}

/** Why something of a check is unknown; else whether all of it was judged, or has to be by hand. */
export type CheckOutcome = Exclude<Why, 'not-exposed'> | 'by-hand' | 'judged' | 'not-applicable';

/** What of one severity is active. */
export interface Active {
  fail: number;
  /** Fails that the policy exempts while a part of what they rest on is missing count here too. */
  unknown: number;
  byHand: number;
}

/** What a scan counted; the findings themselves went to the sink. */
export interface ScanSummary {
  readonly checks: ReadonlyMap<string, VerdictCounts>;
  /** What is active, by severity: what the exit code rests on. */
  readonly active: Readonly<Record<Severity, Active>>;
  readonly registries: readonly RegistryCounts[];
}
