import type { Expectations } from './expectations.ts';
import type { ValueOf } from './fact.ts';
import { daysBetween, isToCome } from './instant.ts';
import type { RepositoryFacts } from './repository.ts';

type Scan = ValueOf<RepositoryFacts['recentScans']>[number]['scan'];

/** When a scan was that is older than allowed, or dated ahead; null: it is current, or there is no scan. */
export function staleScan(
  scan: Scan,
  { now, scanAge }: Pick<Expectations, 'now' | 'scanAge'>,
): string | null {
  if (scan.mode === 'missing' || scan.at === undefined) return null;
  if (isToCome(scan.at, now)) return `scanned on ${scan.at.slice(0, 10)}, which is to come`;
  const days = daysBetween(scan.at, now);
  return days > scanAge ? `scanned ${days} days ago` : null;
}
