import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { Identity } from '../../../model/identity.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import type { Collectors } from '../../collectors.ts';
import { join } from '../../facts.ts';
import { eachEntry, gapOf, joinLists, withRest } from '../../parts.ts';
import type { Member } from '../decode/members.ts';
import {
  collaborators,
  type ListedRepository,
  type RepositoryDetail,
  type TeamGrant,
} from '../decode/repository.ts';
import type { Right } from '../decode/token-scopes.ts';
import { administersOrganization, rightsOn } from '../decode/tokens.ts';
import { connections, teamRoles, unmarkedGuests } from '../provides.ts';
import type { Account, LiveToken } from './account.ts';
import { mayHoldCustomRoles } from './custom-roles.ts';
import { listed } from './listing.ts';
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

/**
 * An organization: owners and editors in all of it, teams and tokens where they were let, and tokens that
 * can make themselves or others a member of whatever team.
 */
function ofOrganization(
  repository: ListedRepository,
  sources: AccessSources,
): Collectors<'repository'> {
  const { account, teams, namespace } = sources;
  const path = `${namespace.name}/${repository.name}`;
  const holders = async (teamRights: readonly string[], tokenRights: readonly Right[]) => {
    const [people, granted, tokens, plan] = await Promise.all([
      account.members(),
      teams(),
      account.tokens(),
      account.plan(),
    ]);
    const sure = joinLists([
      eachEntry(people, (one) => (one.role === 'Member' ? [] : [person(one)])),
      eachEntry(granted, (grant) => (teamRights.includes(grant.permission) ? [group(grant)] : [])),
      eachEntry(tokens, (token) =>
        holdsAny(token, path, repository, tokenRights) ? [machine(token.token.label)] : [],
      ),
    ]);
    const more = withRest(sure, connections);
    return mayHoldCustomRoles(people, plan) ? withRest(more, teamRoles) : more;
  };
  return {
    pushers: () => holders(['write', 'admin'], ['push', 'administer']),
    deleters: () => holders(['admin'], ['delete', 'administer']),
    outsideAccess: () => outside(repository, sources),
  };
}

function holdsAny(
  { grants }: LiveToken,
  path: string,
  { isPrivate }: ListedRepository,
  wanted: readonly Right[],
): boolean {
  const rights = rightsOn(grants, { path, isPrivate });
  return administersOrganization(grants) || wanted.some((right) => rights.has(right));
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

export function machine(name: string): Identity {
  return {
    kind: 'workload',
    name,
    via: 'organization access token',
    foreign: false,
    administrator: false,
  };
}

/**
 * Strangers where it is public, and guests. Who is no guest may be a stranger all the same: the mark means
 * something where the organization has verified its domains, and no API tells whether it has.
 */
async function outside(
  repository: ListedRepository,
  { account, teams }: AccessSources,
): Promise<OutsideAccess> {
  const [people, granted] = await Promise.all([account.members(), teams()]);
  const guests = eachEntry(people, (one) => (one.guest ? [one] : []));
  const ofGuests = join([granted], (grants) => grants);
  const sure = joinLists<Grant>([
    listed(() => toAnyone(repository)),
    ofGuests.state === 'known'
      ? eachEntry(guests, (guest) => ofGuest(guest, ofGuests.value))
      : joinLists<Grant>([eachEntry(guests, (one) => ofGuest(one, [])), gapOf(ofGuests)]),
  ]);
  return withRest(sure, unmarkedGuests);
}

const rightsOfTeams = {
  read: ['pull'],
  write: ['pull', 'push'],
  admin: ['pull', 'push', 'delete', 'administer'],
} as const;

function rightsIn(member: Member, grants: readonly TeamGrant[]): Grant['can'] {
  if (member.role !== 'Member') return [...rightsOfTeams.admin];
  const own = grants.filter(({ team }) => member.teams.includes(team));
  return [...new Set(own.flatMap(({ permission }) => rightsOfTeams[permission]))];
}

function ofGuest(guest: Member, grants: readonly TeamGrant[]): readonly Grant[] {
  const can = rightsIn(guest, grants);
  if (can.length === 0) return [];
  return [
    {
      kind: 'principal',
      id: guest.name,
      account: '',
      own: false,
      can,
      via: `guest with role ${guest.role}`,
    },
  ];
}

function toAnyone({ isPrivate }: ListedRepository): Grant[] {
  if (isPrivate) return [];
  return [{ kind: 'anyone', id: '*', account: '', own: false, can: ['pull'], via: 'public' }];
}
