import type { Fact } from '../../../model/fact.ts';
import type { Credential, Identity } from '../../../model/identity.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import { join, known } from '../../facts.ts';
import { joinLists, type LearntList, partial, withRest } from '../../parts.ts';
import { some } from '../decode/permission.ts';
import type { ImageRepository } from '../decode/repository.ts';
import type { User } from '../decode/security.ts';
import { isLive } from '../decode/security.ts';
import { issuedTokens } from '../provides.ts';
import { type Directory, type Held, implied } from './directory.ts';
import { groupsWith } from './public-access.ts';
import { externalDirectories, localRealm } from './realms.ts';
import { administers, inconclusive, type Right, rightTo } from './rights.ts';
import type { Settings } from './settings.ts';
import { anonymousSubject, defaultRole, holders } from './subjects.ts';

export async function administrators(settings: Settings): Promise<Fact<Identity[]>> {
  return holders(
    settings,
    ({ gaps }): Right =>
      gaps.length === 0 ? { state: 'not-held' } : { state: 'doubtful', why: gaps },
  );
}

/** A proxy takes no pushes, and neither does a group without a member that it writes to. */
export async function pushers(
  repository: ImageRepository,
  settings: Settings,
): Promise<Fact<Identity[]>> {
  const { type, writableMember } = repository;
  if (type === 'proxy' || (type === 'group' && writableMember === null)) {
    return known('listRepositorySettings', '', () => []);
  }
  const list = await settings.repositories();
  const through = groupsWith(repository.name, 'value' in list ? list.value : []).filter(
    (group) => group.writableMember === repository.name,
  );
  const direct = await holders(settings, (held) => {
    const right = rightTo('push', repository, held);
    return right.state === 'held' ? right : withGroups(right, through, held);
  });
  if (type === 'group') return direct;
  return joinLists<Identity>([direct, join([await settings.seesAll()], () => [])]);
}

/** A push to a group lands in its member; which of both rights it takes is not documented. */
function withGroups(right: Right, groups: readonly ImageRepository[], held: Held): Right {
  const why = groups.flatMap((group) => {
    const through = rightTo('push', group, held);
    if (through.state === 'not-held') return [];
    if (through.state === 'doubtful') return through.why;
    return [inconclusive(`${through.privilege} may be enough to push through ${group.name}`)];
  });
  if (why.length === 0) return right;
  return { state: 'doubtful', why: [...(right.state === 'doubtful' ? right.why : []), ...why] };
}

export async function deleters(
  repository: ImageRepository,
  settings: Settings,
): Promise<Fact<Identity[]>> {
  return holders(settings, (held) => rightTo('delete', repository, held));
}

const creation = ['docker', 'oci'].map((format) => `nexus:repository-admin:${format}:${some}:add`);

/** Who can create repositories: everybody where a role that everybody has holds the right. */
export async function projectCreation(
  settings: Settings,
): Promise<RegistryFacts['projectCreation']> {
  const everybody = [await anonymousSubject(settings), await defaultRole(settings)];
  for (const subject of everybody) {
    if (subject.state !== 'known' || subject.value === null) continue;
    const { who, held } = subject.value;
    const found = creation.map((wanted) => implied(held.held, wanted)).find((one) => one !== null);
    if (found !== undefined) {
      const to = who.kind === 'anyone' ? 'anyone, without login' : who.name;
      return known('getAnonymous', '', () => ({ mode: 'open', to }));
    }
  }
  const gaps = everybody.flatMap((subject) =>
    subject.state === 'known' && subject.value !== null ? subject.value.held.gaps : [],
  );
  return join([...everybody, ...gaps], () => ({
    mode: 'limited',
    to: 'users with the privilege to add repositories',
  }));
}

/** Passwords that the server keeps, which never expire; user tokens are in no documented list. */
export async function credentials(settings: Settings): Promise<Fact<Credential[]>> {
  const realms = await settings.realms();
  if (realms.state !== 'known') return realms;
  const passwords = realms.value.includes(localRealm)
    ? passwordsOf(await settings.directory())
    : known('listRealms', '', (): Credential[] => []);
  // Who signs in through a realm that is not known here may do so with anything.
  const others = join([await externalDirectories(settings)], (): Credential[] => []);
  const all = joinLists<Credential>([passwords, others]);
  if (!realms.value.includes('User-Token-Realm')) return all;
  const tokens = await settings.userTokens();
  if (tokens.state === 'known' && tokens.value) return withRest(all, issuedTokens);
  return joinLists<Credential>([all, join([tokens], () => [])]);
}

/** What a password opens may be more than is known; that it is there is certain. */
function passwordsOf({ users, held }: Directory): LearntList<Credential> {
  if (!('value' in users)) return joinLists<Credential>([join([users], () => [])]);
  const local = users.value.filter((user) => user.source === 'default' && isLive(user));
  const rights = local.map((user) => held(user.roles));
  const missing = users.state === 'partial' ? users.missing : [];
  const gaps = new Set([...missing, ...rights.flatMap((one) => one.gaps)]);
  const entries = local.map((user) => passwordOf(user, held(user.roles)));
  return partial(entries, users.from, [...gaps]);
}

function passwordOf({ userId }: User, { held }: Held): Credential {
  const inEveryRepository = (action: string) =>
    ['docker', 'oci'].some(
      (format) => implied(held, `nexus:repository-view:${format}:*:${action}`) !== null,
    );
  const pushes = ['add', 'edit'].some((action) =>
    ['docker', 'oci'].some(
      (format) => implied(held, `nexus:repository-view:${format}:${some}:${action}`) !== null,
    ),
  );
  const administrator = administers(held) !== null;
  return {
    kind: 'password',
    name: userId,
    expiresAt: null,
    createdAt: null,
    reach: administrator || inEveryRepository('read') ? 'every-repository' : 'some-repositories',
    can: administrator ? 'administer' : pushes ? 'push' : 'pull',
  };
}
