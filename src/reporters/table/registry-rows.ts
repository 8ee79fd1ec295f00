import type { RegistrySummary, Report } from '../../model/report.ts';
import { order, type Row, worstOf } from './grid.ts';

/** A row for each registry, the worst first: by failures, then unknowns, then id. */
export function registryRows(report: Report): readonly Row[] {
  return rowsOf(report).toSorted(
    (a, b) =>
      order.indexOf(a.worst) - order.indexOf(b.worst) ||
      b.counts.fail - a.counts.fail ||
      b.counts.unknown - a.counts.unknown ||
      (a.name < b.name ? -1 : 1),
  );
}

/** A row for each registry, in the order of the report. */
export function rowsOf({ registries }: Report): Row[] {
  return registries.map((registry) => {
    const { pass, fail, unknown, notApplicable } = registry.summary;
    const counts = { pass, fail, unknown, 'not-applicable': notApplicable };
    const whole = registry.reachable && registry.repositories.complete;
    const worst = whole || fail > 0 ? worstOf(counts) : 'unknown';
    return { worst, name: registry.id, about: coverage(registry), counts };
  });
}

function coverage({ reachable, repositories }: RegistrySummary): string {
  const { count, complete, known } = repositories;
  if (!reachable) return 'not reached';
  return complete && (known ?? count) === count ? String(count) : `${count} of ${known ?? '?'}`;
}
