import type { Identity } from '../../../model/identity.ts';
import { type Assignment, type PrincipalKind, type Role, scopeLabel } from '../decode/roles.ts';
import type { Truth } from './condition.ts';
import { anyOf, type RoleEffects, unknownPermissions } from './effects.ts';
import type { Effect } from './permissions.ts';

/** Somebody who may do something, or a reason why it is open whether somebody may. */
export type Holding =
  | { readonly mode: 'sure'; readonly identity: Identity }
  | { readonly mode: 'open'; readonly why: string };

export type Deed = 'push' | 'delete' | 'administer';

const effectsOf: Readonly<Record<Deed, readonly Effect[]>> = {
  push: ['push', 'move-tag'],
  delete: ['delete'],
  administer: ['administer'],
};

export interface PrincipalSources {
  readonly assignments: readonly Assignment[];
  readonly roles: ReadonlyMap<string, Role>;
  readonly effects: RoleEffects;
  /** With the admin user on, whoever may read its passwords, or make new ones, pushes with them. */
  readonly adminUser: boolean;
}

interface Principal {
  readonly name: string;
  readonly held: readonly { readonly assignment: Assignment; readonly role: Role }[];
}

/** What the holders of roles may do; several roles of one principal count together. */
export function principals(sources: PrincipalSources) {
  const { assignments, roles, effects, adminUser } = sources;
  const doubts = assignments.flatMap((one) => roleDoubts(one, roles));
  const everyone = byPrincipal(assignments, roles);
  const kept = new Map<string, Truth>();
  const has = (
    { assignment, role }: Principal['held'][number],
    effect: Effect,
    repository: string | null,
  ): Truth => {
    const { condition } = assignment;
    if (condition !== null) return effects.has(role, condition, effect, repository);
    // Conditions of roles do not depend on a repository.
    const key = `${effect} ${role.id}`;
    const before = kept.get(key);
    if (before !== undefined) return before;
    const found = effects.has(role, null, effect, null);
    kept.set(key, found);
    return found;
  };
  const any = ({ held }: Principal, wanted: readonly Effect[], repository: string | null): Truth =>
    anyOf(held.flatMap((one) => wanted.map((effect) => has(one, effect, repository))));
  const may = (principal: Principal, deed: Deed, repository: string | null): Truth => {
    const own = any(principal, effectsOf[deed], repository);
    if (own === true || deed === 'administer') return own;
    const password = any(principal, ['shared-password'], repository);
    const switchesOn = adminUser ? true : any(principal, ['administer'], repository);
    return anyOf([own, password === true ? switchesOn : password]);
  };
  return {
    /** `repository`: null for the registry as a whole. */
    who: (deed: Deed, repository: string | null): readonly Holding[] => [
      ...everyone.flatMap((one): Holding[] => {
        const truth = may(one, deed, repository);
        if (truth === false) return [];
        if (truth === true) return [{ mode: 'sure', identity: identity(one, deed) }];
        const why = `whether ${one.name} may ${deed} depends on a condition that cannot be decided`;
        return [{ mode: 'open', why }];
      }),
      ...doubts.map((why): Holding => ({ mode: 'open', why })),
    ],
  };

  function identity(principal: Principal, deed: Deed): Identity {
    const administers = (one: Principal['held'][number]) =>
      any({ ...principal, held: [one] }, ['administer'], null) === true;
    const gives = (one: Principal['held'][number]) =>
      may({ ...principal, held: [one] }, deed, null) !== false;
    const { held, name } = principal;
    const through = held.find(administers) ?? held.find(gives) ?? held[0];
    return {
      kind: through === undefined ? 'group' : kinds[through.assignment.kind],
      name,
      via: through === undefined ? '' : via(through.assignment, through.role),
      foreign: held.some(({ assignment }) => assignment.kind === 'ForeignGroup'),
      administrator: held.some(administers),
      // Push and delete cannot be taken from somebody who may give them back to himself.
      ...(any(principal, ['give-roles'], null) === true ? { inherent: true } : {}),
    };
  }
}

const kinds: Readonly<Record<PrincipalKind, Identity['kind']>> = {
  User: 'person',
  Group: 'group',
  ForeignGroup: 'group',
  ServicePrincipal: 'workload',
  Device: 'workload',
};

/** `AcrPush at resource group shop`, and how it is held where it is not simply assigned. */
export function via({ scope, held, tenant, condition }: Assignment, { name }: Role): string {
  const limited = condition === null ? '' : ', with a condition';
  switch (held) {
    case 'assigned':
      return `${name} at ${scopeLabel(scope)}${limited}`;
    case 'eligible':
      return `${name} at ${scopeLabel(scope)}, once activated${limited}`;
    case 'delegated':
      return `${name} at ${scopeLabel(scope)}, delegated to tenant ${tenant}`;
  }
}

/** Principals are named by object id. */
function byPrincipal(
  assignments: readonly Assignment[],
  roles: ReadonlyMap<string, Role>,
): readonly Principal[] {
  const held = new Map<string, Principal['held'][number][]>();
  for (const assignment of assignments) {
    const role = roles.get(assignment.role);
    if (role === undefined) continue;
    const of = held.get(assignment.principal) ?? [];
    of.push({ assignment, role });
    held.set(assignment.principal, of);
  }
  return [...held].map(([name, all]) => ({ name, held: all }));
}

/** What of a role is not known: it is not listed, or names permissions that this build does not know. */
function roleDoubts(
  { role: id, principal }: Assignment,
  roles: ReadonlyMap<string, Role>,
): readonly string[] {
  const role = roles.get(id);
  if (role === undefined) {
    return [`role ${id} is assigned to ${principal}, but not among those listed`];
  }
  return unknownPermissions(role)
    .slice(0, 1)
    .map((name) => `role ${role.name} of ${principal} names ${name}, which regaudit does not know`);
}

export type Principals = ReturnType<typeof principals>;
