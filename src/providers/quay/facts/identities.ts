import type { Fact } from '../../../model/fact.ts';
import type { Identity } from '../../../model/identity.ts';
import { Denied, join, type Learnt } from '../../facts.ts';
import { eachEntry, joinLists } from '../../parts.ts';
import type { Team } from '../decode/namespace.ts';
import type { Account, TeamMember } from '../decode/people.ts';
import { operations } from '../operations.ts';
import type { NamespaceSources } from './namespace-sources.ts';

/** A person or a robot, by what it holds. */
export function identityOf(
  { name, robot }: { readonly name: string; readonly robot: boolean },
  via: string,
  more: Partial<Identity> = {},
): Identity {
  return {
    kind: robot ? 'workload' : 'person',
    name,
    via,
    foreign: false,
    administrator: false,
    ...more,
  };
}

/** Quay takes push from no administrator: whoever is in a team with the role admin can do everything. */
function asAdministrator(one: TeamMember, via: string): Identity {
  const invited = one.invited ? ', invited' : '';
  const inherent = one.robot ? {} : { inherent: true };
  return identityOf(one, `${via}${invited}`, { administrator: true, ...inherent });
}

/** Superusers can take over any organization and set any password (endpoints/api/superuser.py). */
function asSuperuser({ name }: Account): Identity {
  return identityOf({ name, robot: false }, 'superuser of the instance', {
    administrator: true,
    inherent: true,
  });
}

/** Who administers a namespace: members of teams with the role admin, or its user; and the superusers. */
export async function administrators(sources: NamespaceSources): Promise<Fact<Identity[]>> {
  const superusers = eachEntry(await sources.instance.superusers(), (one) => [asSuperuser(one)]);
  return distinct(joinLists([await ownAdministrators(sources), superusers]));
}

async function ownAdministrators(sources: NamespaceSources): Promise<Fact<Identity[]>> {
  const { kind, name } = sources;
  if (kind === 'user') {
    const owner = identityOf({ name, robot: false }, 'the namespace is its own', {
      administrator: true,
      inherent: true,
    });
    return join([await sources.instance.info()], () => [owner]);
  }
  const teams = await teamsOf(sources);
  if (teams.state !== 'known') return teams;
  const administering = teams.value.filter(({ role }) => role === 'admin');
  const members = administering.map(async (team) =>
    eachEntry(await sources.teamMembers(team.name), (one) => [
      asAdministrator(one, `team ${team.name}`),
    ]),
  );
  return joinLists([join([teams], (): Identity[] => []), ...(await Promise.all(members))]);
}

/** The teams of an organization: Quay shows them to its members alone, if their token has org:admin. */
export async function teamsOf(sources: NamespaceSources): Promise<Learnt<readonly Team[]>> {
  const { permission } = operations.getOrganization;
  return join([await sources.organization()], ({ teams }) => {
    if (teams !== null) return teams;
    throw new Denied('the teams are shown to members of the organization alone', permission);
  });
}

/** Each once: an administrator can hold a role besides. */
export function distinct(all: Fact<readonly Identity[]>): Fact<Identity[]> {
  const seen = new Set<string>();
  return eachEntry(all, (identity) => {
    const key = `${identity.kind} ${identity.name}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [identity];
  });
}
