import type { Why } from '../model/fact.ts';
import type { Coverage } from '../model/report.ts';
import type { CheckOutcome, RegistryCounts } from '../model/scan-summary.ts';

/** Counts the checks by outcome, once for each registry. */
export function coverageOf(registries: readonly Pick<RegistryCounts, 'coverage'>[]): Coverage {
  const counts = new Map<CheckOutcome, number>();
  for (const { coverage } of registries) {
    for (const outcome of coverage.values()) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  const take = (outcome: CheckOutcome) => {
    const count = counts.get(outcome) ?? 0;
    counts.delete(outcome);
    return count;
  };
  const checks = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const [judged, byHand, notApplicable] = [take('judged'), take('by-hand'), take('not-applicable')];
  return {
    registries: registries.length,
    checks,
    judged,
    byHand,
    notApplicable,
    // The remaining outcomes are reasons.
    unknown: [...counts]
      .map(([why, count]) => ({ why: why as Why, checks: count }))
      .sort((a, b) => b.checks - a.checks || (a.why < b.why ? -1 : 1)),
  };
}
