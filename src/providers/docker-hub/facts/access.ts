import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { Identity } from '../../../model/identity.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import type { Collectors } from '../../collectors.ts';
import { join } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
import type { Member } from '../decode/members.ts';
import {
  collaborators,
  type ListedRepository,
  type RepositoryDetail,
  type TeamGrant,
} from '../decode/repository.ts';
import { rightsOn } from '../decode/tokens.ts';
import type { Account, LiveToken } from './account.ts';
import type { Namespace } from './namespace.ts';

/** What of one repository its access rests on. */
export interface AccessSources {
  readonly namespace: Namespace;
  readonly account: Account;
  readonly detail: () => Promise<Fact<RepositoryDetail>>;
  readonly teams: () => Promise<Fact<readonly TeamGrant[]>>;
}

type OutsideAccess = RepositoryFacts['outsideAccess'];
type Grant = ValueOf<OutsideAccess>[number];

/** Who may do what with a repository. */
export function accessCollectors(
  repository: ListedRepository,
  sources: AccessSources,
): Collectors<'repository'> {
  const { namespace } = sources;
  return namespace.kind === 'organization'
    ? ofOrganization(repository, sources)
    : ofPerson(repository, sources);
}

/**
 * An account of a person: the account itself, and collaborators, who push and pull (docs, repository
 * access). Their number is told, not their names.
 */
function ofPerson(repository: ListedRepository, sources: AccessSources): Collectors<'repository'> {
  const { namespace, detail } = sources;
  const itself: Identity = {
    kind: 'person',
    name: namespace.name,
    via: 'the account itself',
    foreign: false,
    administrator: true,
    inherent: true,
  };
  return {
    pushers: async () =>
      join([await detail()], (found) => {
        const count = collaborators(found);
        return count === 0 ? [itself] : [itself, { ...invited(count), foreign: true }];
      }),
    // Collaborators delete nothing.
    deleters: async () => join([await detail()], () => [itself]),
    outsideAccess: async () =>
      join([await detail()], (found) => {
        const count = collaborators(found);
        const { name: id, via } = invited(count);
        const grant: Grant = {
          kind: 'principal',
          id,
          account: '',
          own: false,
          can: ['pull', 'push'],
          via,
        };
        return [...toAnyone(repository), ...(count === 0 ? [] : [grant])];
      }),
  };
}

function invited(count: number): Identity {
  return {
    kind: 'group',
    name: count === 1 ? '1 collaborator' : `${count} collaborators`,
    via: 'collaborators of the repository',
    foreign: true,
    administrator: false,
  };
}

/** An organization: owners and editors everywhere, teams and tokens where they were let. */
function ofOrganization(
  repository: ListedRepository,
  sources: AccessSources,
): Collectors<'repository'> {
  const { account, teams, namespace } = sources;
  const path = `${namespace.name}/${repository.name}`;
  const holders = async (teamRights: readonly string[], tokenRights: readonly string[]) => {
    const [people, granted, tokens] = await Promise.all([
      account.members(),
      teams(),
      account.tokens(),
    ]);
    return join([people, granted, tokens], (all, grants, live) => [
      ...all.filter(({ role }) => role !== 'Member').map(person),
      ...grants.filter(({ permission }) => teamRights.includes(permission)).map(group),
      ...live
        .filter(({ grants: its }) => holdsAny(its, path, repository, tokenRights))
        .map(machine),
    ]);
  };
  return {
    pushers: () => holders(['write', 'admin'], ['push', 'delete']),
    deleters: () => holders(['admin'], ['delete', 'administer']),
    outsideAccess: () => outside(repository, sources),
  };
}

function holdsAny(
  grants: LiveToken['grants'],
  path: string,
  { isPrivate }: ListedRepository,
  wanted: readonly string[],
): boolean {
  const rights = rightsOn(grants, { path, isPrivate });
  return wanted.some((right) => [...rights].some((held) => held === right));
}

export function person({ name, role, guest }: Member): Identity {
  const identity = { name, via: `role ${role}`, foreign: guest, administrator: true } as const;
  // An editor can be made a member instead; an owner pushes whatever is set.
  return { kind: 'person', ...identity, ...(role === 'Owner' ? { inherent: true } : {}) };
}

function group({ team, permission }: TeamGrant): Identity {
  return {
    kind: 'group',
    name: `team ${team}`,
    via: `team permission ${permission}`,
    foreign: false,
    administrator: false,
  };
}

function machine({ token }: LiveToken): Identity {
  return {
    kind: 'workload',
    name: token.label,
    via: 'organization access token',
    foreign: false,
    administrator: false,
  };
}

/** Strangers where it is public, and guests: members whose mail is outside the verified domains. */
async function outside(
  repository: ListedRepository,
  { account, teams }: AccessSources,
): Promise<OutsideAccess> {
  const people = await account.members();
  if (people.state !== 'known') return gapOf(people);
  const guests = people.value.filter(({ guest }) => guest);
  if (guests.length === 0) return join([people], () => toAnyone(repository));
  return join([people, await teams()], (_, grants) => [
    ...toAnyone(repository),
    ...guests.flatMap((guest) => ofGuest(guest, grants)),
  ]);
}

const rightsOfTeams = {
  read: ['pull'],
  write: ['pull', 'push'],
  admin: ['pull', 'push', 'delete', 'administer'],
} as const;

function ofGuest(guest: Member, grants: readonly TeamGrant[]): readonly Grant[] {
  const can =
    guest.role === 'Member'
      ? grants
          .filter(({ team }) => guest.teams.includes(team))
          .flatMap(({ permission }) => rightsOfTeams[permission])
      : rightsOfTeams.admin;
  if (can.length === 0) return [];
  return [
    {
      kind: 'principal',
      id: guest.name,
      account: '',
      own: false,
      can: [...new Set(can)],
      via: `guest with role ${guest.role}`,
    },
  ];
}

function toAnyone({ isPrivate }: ListedRepository): Grant[] {
  if (isPrivate) return [];
  return [{ kind: 'anyone', id: '*', account: '', own: false, can: ['pull'], via: 'public' }];
}
