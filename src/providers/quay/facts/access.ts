import { once } from '../../../http/once.ts';
import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { Identity } from '../../../model/identity.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { join, type Learnt } from '../../facts.ts';
import { eachEntry, joinLists } from '../../parts.ts';
import {
  permissionEntries,
  type Role,
  type TeamPermission,
  teamPermission,
  type UserPermission,
  userPermission,
} from '../decode/people.ts';
import type { ListedRepository, RepositoryState } from '../decode/repository.ts';
import { administrators, distinct, identityOf } from './identities.ts';
import { mirrorOf } from './mirrors.ts';
import type { NamespaceSources } from './namespace-sources.ts';

export interface RepositoryInput {
  readonly sources: NamespaceSources;
  readonly repository: ListedRepository;
  readonly state: Learnt<RepositoryState>;
}

/** Who can do what in one repository; each call is made once for all the facts. */
export function accessOf({ sources, repository, state }: RepositoryInput) {
  const { api, name: namespace } = sources;
  const params = { namespace, repository: repository.name };
  const users = once(async () =>
    eachEntry(await api.one('listRepoUserPermissions', permissionEntries, { params }), (entry) => [
      userPermission(entry, namespace),
    ]),
  );
  const teams = once(async () =>
    sources.kind === 'user'
      ? join([state], (): TeamPermission[] => [])
      : eachEntry(
          await api.one('listRepoTeamPermissions', permissionEntries, { params }),
          (entry) => [teamPermission(entry)],
        ),
  );

  const byRole = async (roles: readonly Role[]): Promise<Fact<Identity[]>> => {
    const named = eachEntry(await users(), (one) =>
      roles.includes(one.role) ? [byName(one)] : [],
    );
    const holding = eachEntry(await teams(), (one) => (roles.includes(one.role) ? [one] : []));
    const members = await membersOf(sources, holding);
    return distinct(joinLists([await administrators(sources), named, members]));
  };

  /** A repository that is closed to pushes is opened again by those who administer it. */
  const pushers = async (): Promise<RepositoryFacts['pushers']> => {
    if (state.state !== 'known') return state;
    if (state.value === 'NORMAL') return byRole(['write', 'admin']);
    const opening = await byRole(['admin']);
    if (state.value === 'READ_ONLY' || state.value === 'MARKED_FOR_DELETION') return opening;
    const mirroring = join([await mirrorOf(sources, repository, state)], (mirror) =>
      mirror === null ? [] : [identityOf({ name: mirror.robot, robot: true }, 'the mirror')],
    );
    return distinct(joinLists([opening, mirroring]));
  };

  const outsiders = async (): Promise<RepositoryFacts['outsideAccess']> =>
    eachEntry(await users(), (one) => (one.foreign ? [outsider(one)] : []));

  return { pushers, deleters: () => byRole(['write', 'admin']), outsiders };
}

function byName(one: UserPermission): Identity {
  return identityOf(one, `the role ${one.role}`, { foreign: one.foreign });
}

/** The members of teams that hold a role; teams are open to nobody else. */
async function membersOf(
  sources: NamespaceSources,
  teams: Fact<readonly TeamPermission[]>,
): Promise<Fact<Identity[]>> {
  if (!('value' in teams)) return teams;
  const members = teams.value.map(async ({ team, role }) =>
    eachEntry(await sources.teamMembers(team), (one) => [
      identityOf(one, `the role ${role} of team ${team}${one.invited ? ', invited' : ''}`),
    ]),
  );
  return joinLists([eachEntry(teams, (): Identity[] => []), ...(await Promise.all(members))]);
}

type Outsider = ValueOf<RepositoryFacts['outsideAccess']>[number];

const rights: Readonly<Record<Role, Outsider['can']>> = {
  read: ['pull'],
  write: ['pull', 'push', 'delete'],
  admin: ['pull', 'push', 'delete', 'administer'],
};

function outsider({ name, role }: UserPermission): Outsider {
  const [account = ''] = name.split('+');
  return {
    kind: 'principal',
    id: name,
    account,
    own: false,
    can: rights[role],
    via: `the role ${role}`,
  };
}
