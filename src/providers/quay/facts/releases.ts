import type { ValueOf } from '../../../model/fact.ts';
import { daysBetween } from '../../../model/instant.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { Inconclusive } from '../../facts.ts';

/*
 * Red Hat aligns the life cycle of Quay with that of OpenShift since release 3.10
 * (access.redhat.com/support/policy/updates/rhquay): Quay 3.N comes within weeks of OpenShift 4.(N+4) and is
 * maintained for eighteen months. Releases before are ended. What came after the newest release here is
 * maintained for at least as long as that one. Extended support, which some releases have, is bought besides.
 */
const ended = 11;
const newest = 17;
const maintainedUntil: Readonly<Record<number, string>> = {
  12: '2025-12-27',
  13: '2026-04-01',
  14: '2026-08-25',
  15: '2026-12-17',
  16: '2027-04-21',
  17: '2027-08-03',
};

/** Whether Quay 3.`minor` gets fixes at `now`. Throws `Inconclusive` when that cannot be told. */
export function supportOf(
  minor: number,
  now: string,
): ValueOf<RegistryFacts['version']>['support'] {
  if (minor <= ended) return { mode: 'ended', at: null };
  const known = maintainedUntil[Math.min(minor, newest)];
  if (known !== undefined && daysBetween(now, known) >= 0) {
    return { mode: 'supported', until: minor > newest ? null : known };
  }
  if (known === undefined || minor > newest) {
    throw new Inconclusive(`until when 3.${minor} is maintained was not known to this build`);
  }
  return { mode: 'ended', at: known };
}
