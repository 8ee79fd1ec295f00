import type { ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import type { DirectoryObject } from '../decode/directory.ts';
import type { Assignment, Role } from '../decode/roles.ts';
import type { RoleEffects } from './effects.ts';
import type { Effect } from './permissions.ts';
import { via } from './principals.ts';

export type OutsideGrant = ValueOf<RepositoryFacts['outsideAccess']>[number];

/** Who surely comes from elsewhere, and of whom it is open. */
export interface Outsiders {
  readonly sure: readonly OutsideGrant[];
  readonly doubts: readonly string[];
}

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
    // A role that is not listed may open anything.
    if (role === undefined) {
      return [
        {
          assignment,
          role: { id: assignment.role, name: assignment.role, permissions: [] },
          can: [],
        },
      ];
    }
    const has = (wanted: readonly Effect[]) =>
      wanted.some((effect) => effects.has(role, null, effect, null) !== false);
    const can = rights.filter((right) => has(effectsOf[right]));
    return can.length > 0 ? [{ assignment, role, can }] : [];
  });
}

/** Access that another tenant has by name: delegated by Azure Lighthouse, or given to its groups. */
export function foreignGrants(access: readonly Access[]): readonly OutsideGrant[] {
  return access.flatMap(({ assignment, role, can }): OutsideGrant[] => {
    if (assignment.kind !== 'ForeignGroup') return [];
    const { tenant, principal } = assignment;
    return [
      {
        kind: tenant === '' ? 'principal' : 'tenant',
        id: tenant === '' ? `group ${principal}` : tenant,
        account: tenant,
        own: false,
        can,
        via: via(assignment, role),
      },
    ];
  });
}

/** The principals about whom the directory is asked. */
export function askedAbout(access: readonly Access[]): readonly string[] {
  const asked = access.filter(({ assignment }) => assignment.kind !== 'ForeignGroup');
  return [...new Set(asked.map(({ assignment }) => assignment.principal.toLowerCase()))];
}

/**
 * What the directory says of those who have access. `objects`: by id; `members`: of each group, with
 * the members of its groups.
 */
export function outsidersOf(
  access: readonly Access[],
  objects: ReadonlyMap<string, DirectoryObject>,
  members: ReadonlyMap<string, readonly DirectoryObject[]>,
): Outsiders {
  const sure: OutsideGrant[] = [];
  const doubts: string[] = [];
  for (const { assignment, role, can } of access) {
    if (assignment.kind === 'ForeignGroup') continue;
    const id = assignment.principal.toLowerCase();
    const object = objects.get(id);
    if (object === undefined) {
      doubts.push(`${id} has ${role.name} and is not in the directory: deleted, or not shown`);
      continue;
    }
    const through = via(assignment, role);
    judge(object, through);
    for (const member of members.get(id) ?? []) {
      judge(member, `${through}, as a member of group ${object.name}`);
    }

    function judge({ name, from }: DirectoryObject, by: string): void {
      if (from.mode === 'untold') doubts.push(`the directory does not show where ${name} is from`);
      if (from.mode !== 'elsewhere') return;
      sure.push({ kind: 'principal', id: name, account: from.home, own: false, can, via: by });
    }
  }
  return { sure, doubts: [...new Set(doubts)] };
}
