import type { Unmarked, VerdictWord } from '../model/finding.ts';
import type { CheckTally, Tally } from '../model/tally.ts';

/** Adds one finding to the counts. `finding`: null when nobody described it, which makes it active. */
export function count(
  word: VerdictWord,
  finding: Unmarked | null,
  tallies: readonly (CheckTally | undefined)[],
  active: Tally['active'],
): void {
  const mode = finding === null ? 'active' : finding.standing.mode;
  for (const tally of tallies) {
    if (tally === undefined) continue;
    tally[word] += 1;
    if (mode !== 'active') tally[mode] += 1;
  }
  if (finding === null || mode !== 'active') return;
  if (word === 'fail' || word === 'unknown') active[finding.severity][word] += 1;
}

export function noVerdicts(): CheckTally {
  const exempt = { waived: 0, baselined: 0, accepted: 0 };
  return { fail: 0, unknown: 0, pass: 0, 'not-applicable': 0, ...exempt };
}

export function noneActive(): Tally['active'] {
  const none = () => ({ fail: 0, unknown: 0 });
  return { critical: none(), high: none(), medium: none(), low: none() };
}
