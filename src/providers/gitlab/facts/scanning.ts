import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { Inconclusive, join } from '../../facts.ts';
import type { ScanPolicy } from '../decode/scan-policies.ts';
import type { ScanSettings } from '../decode/settings.ts';

export interface ScanSources {
  readonly settings: () => Promise<Fact<ScanSettings>>;
  readonly policies: () => Promise<Fact<readonly ScanPolicy[]>>;
}

/** What GitLab scans by itself at best: the tag latest, and no more than 50 pushes a day. */
export const latestAlone = {
  mode: 'off' as const,
  why: 'container scanning for the registry looks at the tag latest alone, at most 50 times a day',
};

export const knownOfLatest = {
  mode: 'off' as const,
  why: 'continuous vulnerability scanning knows the images that were scanned, of the registry the tag latest alone',
};

const switchedOff = 'container scanning for the registry is switched off';

export function pushScan(sources: ScanSources): Promise<RepositoryFacts['pushScan']> {
  return orByPolicy(sources, 'pipeline', latestAlone, ({ registry, continuous }) => {
    if (!registry) return switchedOff;
    return continuous
      ? null
      : 'container scanning for the registry does nothing without continuous vulnerability scanning';
  });
}

export function rescan(sources: ScanSources): Promise<RepositoryFacts['rescan']> {
  return orByPolicy(sources, 'schedule', knownOfLatest, ({ registry, continuous }) => {
    if (!continuous) return 'continuous vulnerability scanning is switched off';
    return registry ? null : switchedOff;
  });
}

type Off = Extract<ValueOf<RepositoryFacts['pushScan']>, { readonly mode: 'off' }>;

/**
 * What GitLab does by itself at best; or off, unless a policy has pipelines scan: which images those are told to
 * scan, and whether every image comes from one, no API tells. `lacking`: why it does less; null: it does not.
 */
async function orByPolicy(
  { settings, policies }: ScanSources,
  started: string,
  best: Off,
  lacking: (settings: ScanSettings) => string | null,
): Promise<Fact<Off>> {
  const why = join([await settings()], lacking);
  if (why.state !== 'known') return why;
  if (why.value === null) return join([why], () => best);
  return join([why, await policies()], (off, all) => {
    const scanning = all.find(({ startedBy }) => startedBy.includes(started));
    if (scanning === undefined) return { mode: 'off', why: String(off) };
    throw new Inconclusive(
      `${off}, and the policy ${scanning.name} has pipelines scan the image that they are told to; whether that is every image no API tells`,
    );
  });
}
