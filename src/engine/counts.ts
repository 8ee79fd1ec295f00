import type { FindingWithoutFingerprint, VerdictWord } from '../model/finding.ts';
import type { ScanSummary, VerdictCounts } from '../model/scan-summary.ts';

/** Adds one finding to the counts. `finding`: null when nobody described it, which makes it active. */
export function count(
  word: VerdictWord,
  finding: FindingWithoutFingerprint | null,
  counts: readonly (VerdictCounts | undefined)[],
  active: ScanSummary['active'],
): void {
  const mode = finding === null ? 'active' : finding.standing.mode;
  for (const summary of counts) {
    if (summary === undefined) continue;
    summary[word] += 1;
    if (mode !== 'active') summary[mode] += 1;
  }
  if (finding === null || mode !== 'active') return;
  if (word === 'fail' || word === 'unknown') active[finding.severity][word] += 1;
}

export function noVerdicts(): VerdictCounts {
  const exempt = { waived: 0, baselined: 0, accepted: 0 };
  return { fail: 0, unknown: 0, pass: 0, 'not-applicable': 0, ...exempt };
}

export function noneActive(): ScanSummary['active'] {
  const none = () => ({ fail: 0, unknown: 0 });
  return { critical: none(), high: none(), medium: none(), low: none() };
}
