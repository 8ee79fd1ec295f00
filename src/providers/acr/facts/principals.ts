import type { Identity } from '../../../model/identity.ts';
import type { Denial } from '../decode/denial.ts';
import { type Assignment, type PrincipalKind, type Role, scopeLabel } from '../decode/roles.ts';
import type { Truth } from './condition.ts';
import { canBeKeptOut, isKeptOut } from './denials.ts';
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
  /** Null: they could not be read, or not all of them. */
  readonly denials: readonly Denial[] | null;
  /** The path of the registry. */
  readonly registry: string;
}

interface Principal {
  readonly name: string;
  readonly held: readonly { readonly assignment: Assignment; readonly role: Role }[];
}

/** What role holders may do. The roles of one principal are combined. */
export function principals(sources: PrincipalSources) {
  const { assignments, roles, effects, adminUser, denials, registry } = sources;
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
        const denied = isDenied(one, deed);
        if (denied === true) return [];
        if (denied === null) return [{ mode: 'open', why: unreadDenials(one.name) }];
        if (truth === true) return [{ mode: 'sure', identity: identity(one, deed) }];
        const why = `whether ${one.name} may ${deed} depends on a condition that cannot be decided`;
        return [{ mode: 'open', why }];
      }),
      ...doubts.map((why): Holding => ({ mode: 'open', why })),
    ],
  };

  function isDenied({ held }: Principal, deed: Deed): Truth {
    const wanted: readonly Effect[] = [...effectsOf[deed], 'shared-password'];
    if (denials !== null) return isKeptOut(held, wanted, denials, registry);
    return canBeKeptOut(held) ? null : false;
  }

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
      // A principal that can assign roles can always grant itself push and delete.
      ...(any(principal, ['give-roles'], null) === true ? { inherent: true } : {}),
    };
  }
}

function unreadDenials(name: string): string {
  return `a deny assignment may keep ${name} from it, and they are not all read: grant Microsoft.Authorization/denyAssignments/read`;
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
    if (role?.readable !== true) continue;
    const of = held.get(assignment.principal) ?? [];
    of.push({ assignment, role });
    held.set(assignment.principal, of);
  }
  return [...held].map(([name, all]) => ({ name, held: all }));
}

/** Why a role cannot be evaluated: it is not listed, not understood, or contains unknown permissions. */
function roleDoubts(
  { role: id, principal }: Assignment,
  roles: ReadonlyMap<string, Role>,
): readonly string[] {
  const role = roles.get(id);
  if (role === undefined) {
    return [`role ${id} is assigned to ${principal}, but not among those listed`];
  }
  if (!role.readable) return [`role ${id} is assigned to ${principal}, and cannot be decoded`];
  return unknownPermissions(role)
    .slice(0, 1)
    .map((name) => `role ${role.name} of ${principal} names ${name}, which regaudit does not know`);
}

export type Principals = ReturnType<typeof principals>;
