import type { Identity } from '../../../model/identity.ts';
import { type Assignment, type PrincipalKind, type Role, scopeLabel } from '../decode/roles.ts';
import { mayAdminister } from './abilities.ts';

/** The role of an assignment. Throws when it is not among those listed. */
export function roleOf({ role }: Assignment, roles: ReadonlyMap<string, Role>): Role {
  const found = roles.get(role);
  if (found === undefined) throw new Error(`role ${role} is assigned, but not among those listed`);
  return found;
}

const kinds: Readonly<Record<PrincipalKind, Identity['kind']>> = {
  User: 'person',
  Group: 'group',
  ForeignGroup: 'group',
  ServicePrincipal: 'workload',
  Device: 'workload',
};

/** Who holds an assignment. Principals are named by object id: their names only Microsoft Graph tells. */
export function identityOf(assignment: Assignment, role: Role): Identity {
  const condition = assignment.condition === null ? '' : ', with a condition that is not evaluated';
  return {
    kind: kinds[assignment.kind],
    name: assignment.principal,
    via: `${role.name} at ${scopeLabel(assignment.scope)}${condition}`,
    foreign: assignment.kind === 'ForeignGroup',
    administrator: mayAdminister(role),
  };
}

/** One entry for each principal: an administrator's stands for its others. */
export function unique(identities: readonly Identity[]): Identity[] {
  const byName = new Map<string, Identity>();
  for (const identity of identities) {
    const before = byName.get(identity.name);
    if (before === undefined || (identity.administrator && !before.administrator)) {
      byName.set(identity.name, identity);
    }
  }
  return [...byName.values()];
}
