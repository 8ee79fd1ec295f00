import type { RegistryFacts } from '../../../model/registry.ts';
import { unsupported } from '../../contract.ts';
import { Inconclusive, join, known } from '../../facts.ts';
import { ipRanges, topOf } from '../decode/group.ts';
import type { InstanceSettings } from '../decode/instance.ts';
import { ofPerson, type Settings } from './settings.ts';

/** Ranges are set at the outermost group, and hold for pulls and pushes too. */
export async function networkAccess(settings: Settings): Promise<RegistryFacts['networkAccess']> {
  const home = settings.home();
  if (home === null) return ofPerson;
  const top = topOf(home);
  const restricted = join([await settings.group(top)], ipRanges);
  if (restricted.state !== 'known') return restricted;
  if (restricted.value.length > 0) {
    return join([restricted, await everywhere(settings)], (ranges, more) => ({
      mode: 'limited',
      ranges: [...ranges, ...more],
      networks: [],
    }));
  }
  return join([restricted], () => {
    if (settings.hosted) {
      return { mode: 'open', reason: 'chosen', detail: `${top} has no IP restriction` };
    }
    throw new Inconclusive(
      `${top} has no IP restriction, and no API tells what stands before an instance of one's own`,
    );
  });
}

/** Those of GitLab.com itself do not cover the registry (gitlab-org/gitlab#635361). */
async function everywhere(settings: Settings) {
  if (settings.hosted) return known('getGroup', '', (): readonly string[] => []);
  return join([await settings.instance()], ({ allowedEverywhere }) => allowedEverywhere());
}

/** The best that can be: administrators of an instance are let in from everywhere (docs, Restrict group access). */
export const administratorsAlone: { mode: 'allowed'; who: string[] } = {
  mode: 'allowed',
  who: ['administrators of the instance'],
};

export async function networkBypass(settings: Settings): Promise<RegistryFacts['networkBypass']> {
  if (settings.hosted) return nobodyOfGroup;
  return join([await settings.instance()], bypassOf);
}

const nobodyOfGroup = unsupported(
  'a group on GitLab.com can let nobody past its IP restriction; the staff of GitLab are let in',
);

function bypassOf({ allowedEverywhere }: InstanceSettings) {
  const ranges = allowedEverywhere();
  if (ranges.length === 0) return administratorsAlone;
  return { ...administratorsAlone, who: [...administratorsAlone.who, ...ranges] };
}
