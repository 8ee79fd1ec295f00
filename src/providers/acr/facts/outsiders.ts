import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { Inconclusive, join } from '../../facts.ts';
import { eachEntry, joinLists } from '../../parts.ts';
import type { DirectoryObject } from '../decode/directory.ts';
import { type Assignment, type Role, unreadable } from '../decode/roles.ts';
import type { DirectoryFacts } from './directory.ts';
import type { RoleEffects } from './effects.ts';
import type { Effect } from './permissions.ts';
import { via } from './principals.ts';
import type { SubscriptionFacts } from './subscription.ts';

export type OutsideGrant = ValueOf<RepositoryFacts['outsideAccess']>[number];

/** A role that gives access of any kind, reading settings included. */
export interface Access {
  readonly assignment: Assignment;
  readonly role: Role;
  readonly can: OutsideGrant['can'];
}

const effectsOf = {
  'read-settings': ['read'],
  pull: ['pull'],
  push: ['push', 'move-tag', 'shared-password'],
  delete: ['delete', 'shared-password'],
  administer: ['administer'],
} as const satisfies Record<OutsideGrant['can'][number], readonly Effect[]>;

const rights = ['read-settings', 'pull', 'push', 'delete', 'administer'] as const;

/** The assignments that open anything of the registry. A condition that cannot be decided is taken as met. */
export function accessBy(
  assignments: readonly Assignment[],
  roles: ReadonlyMap<string, Role>,
  effects: RoleEffects,
): readonly Access[] {
  return assignments.flatMap((assignment) => {
    const role = roles.get(assignment.role);
    // A role that is not listed or not understood may open anything.
    if (role?.readable !== true)
      return [{ assignment, role: unreadable(assignment.role), can: [] }];
    const has = (wanted: readonly Effect[]) =>
      wanted.some((effect) => effects.has(role, null, effect, null) !== false);
    const can = rights.filter((right) => has(effectsOf[right]));
    return can.length > 0 ? [{ assignment, role, can }] : [];
  });
}

/** Access that another tenant has by name: delegated by Azure Lighthouse, or given to its groups. */
export function foreignGrant({ assignment, role, can }: Access): readonly OutsideGrant[] {
  if (assignment.kind !== 'ForeignGroup') return [];
  const { tenant, principal } = assignment;
  const named = tenant === '';
  return [
    {
      kind: named ? 'principal' : 'tenant',
      id: named ? `group ${principal}` : tenant,
      account: tenant,
      own: false,
      can,
      via: via(assignment, role),
    },
  ];
}

/** What of the access the directory is asked about. */
export function ofDirectory(access: readonly Access[]): readonly Access[] {
  return access.filter(({ assignment }) => assignment.kind !== 'ForeignGroup');
}

export function principalOf({ assignment }: Access): string {
  return assignment.principal.toLowerCase();
}

/**
 * What the directory says of a principal with access, or of a member of a group with access. Throws
 * `Inconclusive` when it does not show where it is from. `group`: the name of the group; null: itself.
 */
export function grantTo(
  { name, from }: DirectoryObject,
  { assignment, role, can }: Access,
  group: string | null,
): readonly OutsideGrant[] {
  if (from.mode === 'untold') {
    throw new Inconclusive(`the directory does not show where ${name} is from`);
  }
  if (from.mode !== 'elsewhere') return [];
  const through = via(assignment, role);
  const member = group === null ? through : `${through}, as a member of group ${group}`;
  return [{ kind: 'principal', id: name, account: from.home, own: false, can, via: member }];
}

/** The object of a principal. Throws `Inconclusive` when the directory does not have it. */
export function objectOf(
  access: Access,
  objects: ReadonlyMap<string, DirectoryObject>,
): DirectoryObject {
  const id = principalOf(access);
  const object = objects.get(id);
  if (object !== undefined) return object;
  throw new Inconclusive(
    `${id} has ${access.role.name} and was not found in the directory: deleted, or not visible to the caller`,
  );
}

/** Every outsider with access: by name, by the directory, and by the groups in it. */
export async function outsideAccess(
  accessible: () => Promise<Fact<readonly Access[]>>,
  subscription: Pick<SubscriptionFacts, 'tenant'>,
  directory: DirectoryFacts,
): Promise<Fact<OutsideGrant[]>> {
  const access = await accessible();
  if (!('value' in access)) return access;
  const byName = eachEntry(access, foreignGrant);
  const asked = ofDirectory(access.value);
  const tenant = await subscription.tenant();
  if (tenant.state !== 'known') return joinLists<OutsideGrant>([byName, tenant]);
  const ids = [...new Set(asked.map(principalOf))];
  const objects = await directory.objects(ids, tenant.value);
  if (objects.state !== 'known') return joinLists<OutsideGrant>([byName, objects]);
  const byDirectory = eachEntry(
    join([objects], () => asked),
    (one) => grantTo(objectOf(one, objects.value), one, null),
  );
  const byGroup = await Promise.all(
    asked.map(async (one) => {
      const group = objects.value.get(principalOf(one));
      if (group === undefined || group.from.mode !== 'group') return join([objects], () => []);
      const members = await directory.members(group.id, tenant.value);
      return eachEntry(members, (member) => grantTo(member, one, group.name));
    }),
  );
  return joinLists<OutsideGrant>([byName, byDirectory, ...byGroup]);
}
