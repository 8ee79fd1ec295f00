import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { Inconclusive } from '../../facts.ts';
import type { Release } from '../decode/release.ts';
import type { Settings } from './settings.ts';

type Support = ValueOf<RegistryFacts['version']>['support'];

/**
 * A release is fully supported for a year, and for six more months extended. Only a few dates are known for
 * certain: 3.71 was built on 2024-08-09, and 3.94 is of July 2026
 * (https://help.sonatype.com/en/sonatype-nexus-repository-3-versions-status.html).
 */
const ended = { minor: 71, since: '2026-02-28' };
const supported = { minor: 94, until: '2027-07-01' };

/** Whether a release still gets fixes. Throws `Inconclusive` where its date is not known here. */
export function supportOf({ major, minor, text }: Release, now: string): Support {
  if (major < 3) return { mode: 'ended', at: '2025-06-30' };
  if (major === 3 && minor <= ended.minor && now > ended.since) {
    return { mode: 'ended', at: null };
  }
  if (major === 3 && minor >= supported.minor && now < supported.until) {
    return { mode: 'supported', until: null };
  }
  throw new Inconclusive(`until when release ${text} gets fixes is not known here`);
}

/**
 * Whether a route is not there: it was answered with 404, and the release, read from another response, is known
 * to lack it. `last`: the last minor release of which that is known.
 */
export async function isMissingRoute(
  fact: Fact<readonly unknown[]> | Fact<string>,
  last: number,
  settings: Pick<Settings, 'release'>,
): Promise<boolean> {
  if (fact.state !== 'unknown' || fact.why !== 'denied-or-absent') return false;
  const release = await settings.release();
  return release.state === 'known' && release.value.major === 3 && release.value.minor <= last;
}
