import type { FindingWithoutFingerprint, Severity, VerdictWord } from '../model/finding.ts';
import {
  type CheckOutcome,
  exemptionOf,
  type RegistryCounts,
  type ScanSummary,
  type VerdictCounts,
} from '../model/scan-summary.ts';

/** Adds one finding to the counts. `finding`: null if it was only counted; it is active then. */
export function count(
  word: VerdictWord,
  finding: FindingWithoutFingerprint | null,
  counts: readonly (VerdictCounts | undefined)[],
  active: ScanSummary['active'],
): void {
  const suppression = finding === null ? null : finding.suppression;
  const byHand = finding !== null && finding.byHand.length > 0;
  for (const summary of counts) {
    if (summary === undefined) continue;
    summary[word] += 1;
    if (suppression !== null) summary[exemptionOf[suppression.kind]] += 1;
    if (byHand) summary.byHand += 1;
  }
  if (finding === null) return;
  const group = active[finding.severity];
  if (suppression !== null) {
    // The policy exempts the listed entries only: the missing part may hold others.
    const hidden = finding.missing.every(({ why }) => why === 'not-exposed');
    if (finding.missing.length > 0) group[hidden ? 'byHand' : 'unknown'] += 1;
  } else if (byHand) group.byHand += 1;
  else if (word === 'fail' || word === 'unknown') group[word] += 1;
}

/**
 * Records for a registry that a check of this severity ran, and whether it passed or failed. An accepted
 * unknown counts as decided.
 */
export function countDecided(
  { ran, decided }: RegistryCounts,
  word: VerdictWord,
  severity: Severity,
  accepted: boolean,
): void {
  ran[severity] += 1;
  if (word === 'pass' || word === 'fail' || accepted) decided[severity] += 1;
}

/**
 * Records the outcome of a check for a registry. An unknown of one subject outranks verdicts of others, so
 * that the counts do not look better than the scan.
 */
export function countOutcome(
  { coverage }: Pick<RegistryCounts, 'coverage'>,
  check: string,
  word: VerdictWord,
  finding: FindingWithoutFingerprint | null,
): void {
  const before = coverage.get(check) ?? 'not-applicable';
  const outcome = outcomeOf(word, finding);
  if (rank(outcome) > rank(before) || !coverage.has(check)) coverage.set(check, outcome);
}

function outcomeOf(word: VerdictWord, finding: FindingWithoutFingerprint | null): CheckOutcome {
  if (finding !== null && finding.byHand.length > 0) return 'by-hand';
  if (word === 'pass' || word === 'fail') return 'judged';
  if (word === 'not-applicable') return 'not-applicable';
  const why = finding?.blocked[0]?.why;
  return why === undefined || why === 'not-exposed' ? 'not-collected' : why;
}

function rank(outcome: CheckOutcome): number {
  const order: readonly CheckOutcome[] = ['not-applicable', 'judged', 'by-hand'];
  const at = order.indexOf(outcome);
  return at < 0 ? order.length : at;
}

export function noVerdicts(): VerdictCounts {
  const exempt = { waived: 0, baselined: 0, accepted: 0 };
  return { fail: 0, unknown: 0, pass: 0, 'not-applicable': 0, ...exempt, byHand: 0 };
}

export function noneActive(): ScanSummary['active'] {
  const none = () => ({ fail: 0, unknown: 0, byHand: 0 });
  return { critical: none(), high: none(), medium: none(), low: none() };
}

export function noneOfAny(): Record<Severity, number> {
  return { critical: 0, high: 0, medium: 0, low: 0 };
}

/** Returns equal coverage as one and the same: it is the same for thousands of empty registries. */
export function sharedCoverage(): (
  coverage: RegistryCounts['coverage'],
) => RegistryCounts['coverage'] {
  const known = new Map<string, RegistryCounts['coverage']>();
  return (coverage) => {
    const key = [...coverage].join();
    const equal = known.get(key);
    if (equal !== undefined) return equal;
    if (known.size < mostShared) known.set(key, coverage);
    return coverage;
  };
}

const mostShared = 1000;
