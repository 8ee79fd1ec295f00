import { type Fact, type Unknown, unknownFor } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { join, known } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
import { some } from '../decode/permission.ts';
import type { ImageRepository } from '../decode/repository.ts';
import type { Held } from './directory.ts';
import {
  type Ability,
  administers,
  inconclusive,
  type Place,
  type Right,
  rightTo,
} from './rights.ts';
import type { Settings } from './settings.ts';
import { anonymousSubject } from './subjects.ts';

/** Any repository of images: a right in a single one is enough. */
const anywhere: readonly Place[] = [
  { format: 'docker', name: some },
  { format: 'oci', name: some },
];

function rightAt(places: readonly Place[], ability: Ability, held: Held): Right {
  const power = administers(held.held);
  if (power !== null) return { state: 'held', privilege: power };
  const rights = places.map((place) => rightTo(ability, place, held));
  const found = rights.find(({ state }) => state === 'held');
  if (found !== undefined) return found;
  const why = rights.flatMap((right) => (right.state === 'doubtful' ? right.why : []));
  return why.length === 0 ? { state: 'not-held' } : { state: 'doubtful', why };
}

/** By which privilege whoever does not sign in can do this somewhere; null: nobody can. */
async function anonymously(settings: Settings, ability: Ability): Promise<Fact<string | null>> {
  const subject = await anonymousSubject(settings);
  if (subject.state !== 'known') return subject;
  const { value } = subject;
  if (value === null) return join([subject], () => null);
  const right = rightAt(anywhere, ability, value.held);
  if (right.state === 'doubtful') return unknownFor(right.why) ?? inconclusive(ability);
  return join([subject], () => (right.state === 'held' ? right.privilege : null));
}

export async function anonymousPush(settings: Settings): Promise<RegistryFacts['anonymousPush']> {
  return join([await anonymously(settings, 'push')], (privilege) =>
    privilege === null
      ? { mode: 'refused' }
      : { mode: 'accepted', how: `anonymous access is on and holds the privilege ${privilege}` },
  );
}

export async function anonymousCatalog(
  settings: Settings,
): Promise<RegistryFacts['anonymousCatalog']> {
  const found = await Promise.all([anonymously(settings, 'list'), anonymously(settings, 'pull')]);
  const seen = found.find((one) => one.state === 'known' && one.value !== null);
  return join(seen === undefined ? found : [seen], (...privileges) => {
    const [privilege] = privileges.filter((one) => one !== null);
    return privilege === undefined
      ? { mode: 'hidden' }
      : { mode: 'listed', how: `anonymous access is on and holds the privilege ${privilege}` };
  });
}

/** The groups that serve a repository, straight or through other groups. */
export function groupsWith(
  name: string,
  all: readonly ImageRepository[],
): readonly ImageRepository[] {
  const found = new Map<string, ImageRepository>();
  const open = [name];
  for (let member = open.pop(); member !== undefined; member = open.pop()) {
    for (const one of all) {
      if (!one.members.includes(member) || found.has(one.name)) continue;
      found.set(one.name, one);
      open.push(one.name);
    }
  }
  return [...found.values()];
}

/**
 * Whether whoever does not sign in can pull from a repository: by a right in it, or in a group that serves
 * it. Docker clients are let in only where `forceBasicAuth` is off and the realm of their tokens is on.
 */
export async function publicPull(
  repository: ImageRepository,
  settings: Settings,
): Promise<RepositoryFacts['publicPull']> {
  const subject = await anonymousSubject(settings);
  if (subject.state !== 'known') return subject;
  const { value } = subject;
  if (value === null) return known('getAnonymous', '', () => ({ mode: 'nobody' }));
  const realms = await settings.realms();
  if (realms.state !== 'known') return realms;
  const list = await settings.repositories();
  const ways = [repository, ...groupsWith(repository.name, 'value' in list ? list.value : [])];
  const doubts: Unknown[] = [];
  for (const way of ways) {
    const right = rightAt([way], 'pull', value.held);
    if (right.state === 'not-held') continue;
    if (right.state === 'doubtful') doubts.push(...right.why);
    else if (letsInDocker(way, realms.value)) {
      const how = `anonymous access is on, and ${right.privilege} opens ${way.name}`;
      return known('getAnonymous', '', () => ({ mode: 'anyone', how }));
    } else {
      doubts.push(
        inconclusive(
          `${right.privilege} lets anonymous users read ${way.name}; Docker clients have to sign in, but whether other clients have to is not documented`,
        ),
      );
    }
  }
  const doubt = unknownFor(doubts);
  if (doubt !== null) return doubt;
  // A group that is not seen may serve it as well.
  if (list.state !== 'known') return gapOf(list);
  return join([await settings.seesAll()], () => ({ mode: 'nobody' }));
}

function letsInDocker({ forceBasicAuth }: ImageRepository, realms: readonly string[]): boolean {
  return !forceBasicAuth && (realms.includes('DockerToken') || realms.includes('OciToken'));
}

/** Nobody belongs to another organisation here, but whoever does not sign in. */
export async function outsideAccess(
  repository: ImageRepository,
  settings: Settings,
): Promise<RepositoryFacts['outsideAccess']> {
  const subject = await anonymousSubject(settings);
  if (subject.state !== 'known') return subject;
  const held = subject.value === null ? { held: [], gaps: [] } : subject.value.held;
  const changes = (['push', 'delete'] as const).map((ability) => ({
    ability,
    right: rightAt([repository], ability, held),
  }));
  const doubt = unknownFor(
    changes.flatMap(({ right }) => (right.state === 'doubtful' ? right.why : [])),
  );
  if (doubt !== null) return doubt;
  const able = changes.flatMap(({ ability, right }) => (right.state === 'held' ? [ability] : []));
  return join([await publicPull(repository, settings)], (pull) => {
    const can = [...(pull.mode === 'nobody' ? [] : (['pull'] as const)), ...able];
    if (can.length === 0) return [];
    const via = 'anonymous access';
    return [{ kind: 'anyone' as const, id: '*', account: '', own: false, can, via }];
  });
}
