import { matches } from '../../../model/wildcard.ts';
import { known } from '../../facts.ts';
import {
  type Assignment,
  allowsAction,
  allowsData,
  type Permissions,
  type Role,
} from '../decode/roles.ts';
import { both, type Condition, condition, type Truth } from './condition.ts';
import {
  dataActions,
  detours,
  type Effect,
  givesRoles,
  legacyAlone,
  permissions,
  service,
} from './permissions.ts';

/** Whether roles can be limited to repositories, which takes the effect from older permissions. */
export type RoleMode = 'abac' | 'legacy';

/** A permission that a role contains, and its effects. */
interface Ability {
  readonly action: string;
  readonly effects: readonly Effect[];
  readonly holds: Condition;
}

const repositoryName = 'microsoft.containerregistry/registries/repositories:name';
const roleId = 'microsoft.authorization/roleassignments:roledefinitionid';
const principalType = 'microsoft.authorization/roleassignments:principaltype';

const kept = {
  abac: new WeakMap<ReadonlyMap<string, Role>, RoleEffects>(),
  legacy: new WeakMap<ReadonlyMap<string, Role>, RoleEffects>(),
};

/**
 * Computes what roles allow in a registry, once per subscription. Results are an upper bound, except that
 * conditions are evaluated.
 */
export function roleEffects(mode: RoleMode, roles: ReadonlyMap<string, Role>): RoleEffects {
  const before = kept[mode].get(roles);
  if (before !== undefined) return before;
  const effects = effectsOf(mode, roles);
  kept[mode].set(roles, effects);
  return effects;
}

function effectsOf(mode: RoleMode, roles: ReadonlyMap<string, Role>): RoleEffects {
  const abilities = new Map<Role, readonly Ability[]>();
  const abilitiesOf = (role: Role): readonly Ability[] => {
    const before = abilities.get(role);
    if (before !== undefined) return before;
    const found = role.permissions.flatMap((part) => abilitiesIn(part, mode));
    abilities.set(role, found);
    return found;
  };
  /** Roles that somebody who gives roles could give, to have an effect by them. */
  const leading = new Map<Effect, readonly string[]>();
  const leadingTo = (effect: Effect): readonly string[] => {
    const before = leading.get(effect);
    if (before !== undefined) return before;
    const found = rolesLeadingTo(effect, all, abilitiesOf);
    leading.set(effect, found);
    return found;
  };
  /** Roles in doubt, and those by which one of them can be given. */
  const all = [...roles.values()];
  const inDoubt = all.filter(isDoubtful).map(({ id }) => id);
  const doubtful = inDoubt.length === 0 ? [] : withGivers(inDoubt, all, abilitiesOf);

  return {
    has: (role, limit, effect, repository) => {
      const limited = conditionOf(limit);
      const attributes = repository === null ? {} : { [repositoryName]: repository };
      return anyOf(
        abilitiesOf(role).map(({ action, effects, holds }): Truth => {
          const asked = { action, attributes };
          const detour = detours.includes(action);
          if (!detour && !effects.includes(effect)) return false;
          if (action !== givesRoles) return both([holds(asked), limited(asked)]);
          const given: Condition = (request) => both([holds(request), limited(request)]);
          const leads = mayGive(given, leadingTo(effect));
          // What may be given by it is not known of a role in doubt.
          return leads === false && mayGive(given, doubtful) !== false ? null : leads;
        }),
      );
    },
  };
}

/** Whether one of these roles may be given to a principal of any kind. */
function mayGive(holds: Condition, ids: readonly string[]): Truth {
  return anyOf(
    ids.flatMap((id) =>
      ['User', 'Group', 'ServicePrincipal'].map((kind) =>
        holds({ action: givesRoles, attributes: { [roleId]: id, [principalType]: kind } }),
      ),
    ),
  );
}

/** Ids of the roles with an effect, and of those by which one of them can be given, over any number of steps. */
function rolesLeadingTo(
  effect: Effect,
  roles: readonly Role[],
  abilitiesOf: (role: Role) => readonly Ability[],
): readonly string[] {
  const direct = roles.filter((role) =>
    abilitiesOf(role).some(
      ({ action, effects }) =>
        action !== givesRoles && (effects.includes(effect) || detours.includes(action)),
    ),
  );
  return withGivers(
    direct.map(({ id }) => id),
    roles,
    abilitiesOf,
  );
}

/** Ids of roles, and of those by which one of them can be given, over any number of steps. */
function withGivers(
  ids: readonly string[],
  roles: readonly Role[],
  abilitiesOf: (role: Role) => readonly Ability[],
): readonly string[] {
  const found = new Set(ids);
  const gives = roles.flatMap((role) => {
    const giving = abilitiesOf(role).filter(({ action }) => action === givesRoles);
    return giving.length === 0 ? [] : [{ id: role.id, giving }];
  });
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const { id, giving } of gives) {
      if (giving.some(({ holds }) => mayGive(holds, [...found]) !== false)) found.add(id);
    }
  }
  return [...found];
}

export interface RoleEffects {
  /**
   * Whether an assignment of a role has an effect, directly or by a detour; null: its conditions cannot
   * be decided. `limit`: the condition of the assignment. `repository`: null for the registry as a whole.
   */
  readonly has: (
    role: Role,
    limit: Assignment['condition'],
    effect: Effect,
    repository: string | null,
  ) => Truth;
}

const services = [service, ...detours].map((name) => name.toLowerCase());

/** Whether a pattern may match a permission that counts; of most roles none does. */
function concerns(pattern: string): boolean {
  const [start = ''] = pattern.split('*', 1);
  return services.some((name) => name.startsWith(start) || start.startsWith(name));
}

function abilitiesIn(whole: Permissions, mode: RoleMode): Ability[] {
  const part = {
    ...whole,
    actions: whole.actions.filter(concerns),
    dataActions: whole.dataActions.filter(concerns),
  };
  if (part.actions.length === 0 && part.dataActions.length === 0) return [];
  const holds = conditionOf(part.condition);
  const own = Object.entries(permissions).flatMap(([name, effects]): Ability[] => {
    if (mode === 'abac' && legacyAlone.has(name)) return [];
    const action = `${service}${name}`;
    const allowed = dataActions.has(name) ? allowsData(part, action) : allowsAction(part, action);
    return allowed ? [{ action, effects, holds }] : [];
  });
  const elsewhere = detours
    .filter((action) => allowsAction(part, action))
    .map((action): Ability => ({ action, effects: ['administer', 'give-roles'], holds }));
  return [...own, ...elsewhere];
}

/** True if any is; else null if any is. */
export function anyOf(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes(null) ? null : false;
}

/** A condition that cannot be parsed is undecided. */
function conditionOf(text: string | null): Condition {
  if (text === null) return () => true;
  const read = known('', '', () => condition(text));
  return read.state === 'known' ? read.value : () => null;
}

function isDoubtful(role: Role): boolean {
  return !role.readable || unknownPermissions(role).length > 0;
}

/** Permissions of the service in a role that are missing from the table. */
export function unknownPermissions({ permissions: parts }: Role): readonly string[] {
  const names = Object.keys(permissions).map((name) => `${service}${name}`.toLowerCase());
  return parts
    .flatMap(({ actions, dataActions: data }) => [...actions, ...data])
    .filter(
      (pattern) =>
        pattern.startsWith(service.toLowerCase()) && !names.some((name) => matches(pattern, name)),
    );
}
