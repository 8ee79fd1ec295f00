import type { Why } from './fact.ts';
import type { Severity, Suppression, VerdictWord } from './finding.ts';
import type { Listing } from './snapshot.ts';

/** Counts of findings by verdict; of these, the suppressed ones by kind and those to check by hand. */
export type VerdictCounts = Record<VerdictWord | Exemption | 'byHand', number>;
/** Counts of suppressed findings: they do not affect the exit code. */
export const exemptions = ['waived', 'baselined', 'accepted'] as const;
export type Exemption = (typeof exemptions)[number];
/** The count of each kind of suppression. */
export const exemptionOf: Readonly<Record<Suppression['kind'], Exemption>> = {
  waiver: 'waived',
  baseline: 'baselined',
  accepted: 'accepted',
};

/** The counts of one registry. */
export interface RegistryCounts {
  readonly id: string;
  readonly provider: string;
  readonly reachable: boolean;
  readonly takenAt: string;
  /** Scanned repositories. */
  judged: number;
  /** Whether its end line was read. */
  ended: boolean;
  listing: Listing;
  /** Whether the policy accepts every unknown caused by an unreadable list of repositories. */
  listingAccepted: boolean;
  calls: number;
  readonly verdicts: VerdictCounts;
  /** Findings by severity, of any verdict. */
  readonly ran: Record<Severity, number>;
  /** Of these: passes and fails. */
  readonly decided: Record<Severity, number>;
  /** The outcome of each check that ran, over all its subjects. */
  coverage: Map<string, CheckOutcome>;
}

/** Why a check is unknown for a subject; otherwise whether it was evaluated, is by hand or not applicable. */
export type CheckOutcome = Exclude<Why, 'not-exposed'> | 'by-hand' | 'judged' | 'not-applicable';

/** The active findings of one severity. */
export interface Active {
  fail: number;
  /** Includes suppressed fails with missing facts. */
  unknown: number;
  byHand: number;
}

/** The counts of a scan; the findings themselves are in the sink. */
export interface ScanSummary {
  readonly checks: ReadonlyMap<string, VerdictCounts>;
  /** Active findings by severity; they decide the exit code. */
  readonly active: Readonly<Record<Severity, Active>>;
  readonly registries: readonly RegistryCounts[];
}
