import { type Access, accessGranted } from '../../../aws-policy/access.ts';
import type { Grantee, Home } from '../../../aws-policy/grantee.ts';
import { type Ability, abilities, newActions } from './abilities.ts';
import { serviceOutside } from './outside-service.ts';
import type { Outside, Outsider } from './outsider.ts';
import type { World } from './policies.ts';
import type { Place } from './settings.ts';
import type { Sure } from './sure.ts';

export function homeOf({ account }: Place, { organization }: World): Home {
  return { account, organization };
}

/** Who is let in by the policies of a resource, for one ability. */
export function granted(
  world: World,
  place: Place,
  resource: string,
  actions: readonly string[],
): Access {
  const { policies } = world;
  const home = homeOf(place, world);
  return accessGranted({ policies, home, resource, now: place.takenAt }, actions);
}

/** Access that the policies of a resource give to anybody outside the account, one entry for each. */
export function outsideAccess(world: World, place: Place, resource: string): Sure<Outside> {
  const found = new Map<string, Outside>();
  const doubts: string[] = [];
  for (const ability of Object.keys(abilities) as Ability[]) {
    const { entries, doubts: some } = outsidersWith(world, place, resource, abilities[ability]);
    doubts.push(...some);
    for (const outside of entries) {
      const key = `${outside.kind} ${outside.id} ${outside.via}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { ...outside, can: [ability] });
      else if (!known.can.includes(ability)) known.can.push(ability);
    }
  }
  const unheardOf = outsidersWith(world, place, resource, newActions(world.policies));
  const strange = unheardOf.entries.map(
    ({ id, via }) => `${via} allows ${id} an action of ECR that is not known`,
  );
  return { entries: [...found.values()], doubts: [...doubts, ...unheardOf.doubts, ...strange] };
}

/** Who outside the account has any of these actions, and who may have it. */
export function outsidersWith(
  world: World,
  place: Place,
  resource: string,
  actions: readonly string[],
): Sure<Outsider> {
  const home = homeOf(place, world);
  const entries: Outsider[] = [];
  const doubts: string[] = [];
  for (const grantee of granted(world, place, resource, actions).grantees) {
    const outside = outsiderOf(grantee, home);
    if (outside === null) continue;
    const undecided = [...grantee.undecided, ...networkDoubts(grantee, home)];
    if (typeof outside === 'string') doubts.push(outside);
    else if (undecided.length === 0 || outside.own) entries.push(outside);
    else doubts.push(`whether ${outside.id} is let in depends on ${undecided.join(', ')}`);
  }
  return { entries, doubts };
}

/** Null: it belongs to the account itself, or lets nobody in. Text: why that cannot be told. */
function outsiderOf(grantee: Grantee, home: Home): Outsider | string | null {
  const via = statementOf(grantee);
  const own = withinOrganization(grantee, home);
  switch (grantee.kind) {
    case 'any-account': {
      const inside = fromOwnEndpoints(grantee, home);
      const kind = inside ? 'account' : 'everyone-signed-in';
      const account = inside ? home.account : '';
      return { kind, id: nameOfAll(grantee), account, own: inside, via };
    }
    case 'organization': {
      const { id } = grantee;
      return { kind: 'organization', id, account: id, own: grantee.own === true, via };
    }
    case 'account': {
      const { id } = grantee;
      return grantee.own ? null : { kind: 'account', id, account: id, own, via };
    }
    case 'principal': {
      const { arn: id, account } = grantee;
      return grantee.own ? null : { kind: 'principal', id, account, own, via };
    }
    case 'federated': {
      const { provider: id, account } = grantee;
      return grantee.own ? null : { kind: 'principal', id, account: account ?? '', own, via };
    }
    case 'service':
      return serviceOutside(grantee, home, via);
    case 'canonical-user':
    case 'user-id':
      return `${via} names ${grantee.id}, and that does not tell its account`;
    case 'deleted-principal':
      return null;
  }
}

/** Does a condition let in members of the own organization alone? */
function withinOrganization({ members }: Grantee, { organization }: Home): boolean {
  return members?.every((id) => id === organization) ?? false;
}

function nameOfAll({ from }: Grantee): string {
  if (from === null) return '*';
  const owners = [...from.endpointAccounts, ...from.endpointOrganizations];
  if (owners.length > 0) return `* from endpoints of ${owners.join(', ')}`;
  return `* from ${[...from.vpces, ...from.vpcs, ...from.ranges].join(', ')}`;
}

/** Endpoints of the own account or organization are in networks of one's own. */
function fromOwnEndpoints({ from }: Grantee, { account, organization }: Home): boolean {
  if (from === null) return false;
  const { endpointAccounts, endpointOrganizations } = from;
  const all = (list: readonly string[], own: string | null | undefined) =>
    list.length > 0 && list.every((id) => id === own);
  return all(endpointAccounts, account) || all(endpointOrganizations, organization);
}

/** Whose network an endpoint or VPC is, its id does not tell; who is in it is up to its owner. */
function networkDoubts(grantee: Grantee, home: Home): readonly string[] {
  const { from, kind } = grantee;
  if (kind !== 'any-account' || from === null || fromOwnEndpoints(grantee, home)) return [];
  const networks = [...from.vpces, ...from.vpcs];
  return networks.length > 0 ? [`whose ${networks.join(', ')} is`] : [];
}

function statementOf({ statement: { policy, statement, sid } }: Grantee): string {
  const name = sid === null ? `statement ${statement}` : `statement ${sid}`;
  return policy === 0 ? `${name} of the policy` : `${name} of the registry policy`;
}
