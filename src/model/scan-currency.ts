import type { Expectations } from './expectations.ts';
import type { ValueOf } from './fact.ts';
import { daysBetween } from './instant.ts';
import type { RepositoryFacts } from './repository.ts';

type Scan = ValueOf<RepositoryFacts['recentScans']>[number]['scan'];

/** The age in days of a scan that is older than allowed; null: it is current, or there is no scan. */
export function staleDays(
  scan: Scan,
  { now, scanAge }: Pick<Expectations, 'now' | 'scanAge'>,
): number | null {
  if (scan.mode === 'missing' || scan.at === undefined) return null;
  const days = daysBetween(scan.at, now);
  return days > scanAge ? days : null;
}
