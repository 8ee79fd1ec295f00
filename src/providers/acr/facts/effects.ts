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

/** Something that a role lets its holder do. */
interface Ability {
  readonly action: string;
  readonly effects: readonly Effect[];
  readonly holds: Condition;
}

const repositoryName = 'microsoft.containerregistry/registries/repositories:name';
const roleId = 'microsoft.authorization/roleassignments:roledefinitionid';
const principalType = 'microsoft.authorization/roleassignments:principaltype';

/** What roles amount to in one registry. Every answer is an upper bound but for its conditions. */
export function roleEffects(mode: RoleMode, roles: ReadonlyMap<string, Role>) {
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
    const found = [...roles.values()].filter((role) =>
      abilitiesOf(role).some(
        ({ action, effects }) => effects.includes(effect) || detours.includes(action),
      ),
    );
    const ids = found.map(({ id }) => id);
    leading.set(effect, ids);
    return ids;
  };
  const mayGive = (holds: Condition, effect: Effect): Truth =>
    anyOf(
      leadingTo(effect).flatMap((id) =>
        ['User', 'Group', 'ServicePrincipal'].map((kind) =>
          holds({ action: givesRoles, attributes: { [roleId]: id, [principalType]: kind } }),
        ),
      ),
    );

  return {
    /**
     * Whether an assignment of a role has an effect, directly or by a detour; null: its conditions
     * cannot be decided. `repository`: null for the registry as a whole.
     */
    has: (
      role: Role,
      limit: Assignment['condition'],
      effect: Effect,
      repository: string | null,
    ): Truth => {
      const limited = conditionOf(limit);
      const attributes = repository === null ? {} : { [repositoryName]: repository };
      return anyOf(
        abilitiesOf(role).map(({ action, effects, holds }): Truth => {
          const asked = { action, attributes };
          const detour = detours.includes(action);
          if (!detour && !effects.includes(effect)) return false;
          if (action !== givesRoles) return both([holds(asked), limited(asked)]);
          return mayGive((request) => both([holds(request), limited(request)]), effect);
        }),
      );
    },
  };
}

export type RoleEffects = ReturnType<typeof roleEffects>;

function abilitiesIn(part: Permissions, mode: RoleMode): Ability[] {
  const holds = conditionOf(part.condition);
  const own = Object.entries(permissions).flatMap(([name, effects]): Ability[] => {
    if (mode === 'abac' && legacyAlone.has(name)) return [];
    const action = `${service}${name}`;
    const allowed = dataActions.has(name) ? allowsData(part, action) : allowsAction(part, action);
    return allowed ? [{ action, effects, holds }] : [];
  });
  const elsewhere = detours
    .filter((action) => allowsAction(part, action))
    .map((action): Ability => ({ action, effects: ['administer'], holds }));
  return [...own, ...elsewhere];
}

/** True if any is; else null if any is. */
export function anyOf(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes(null) ? null : false;
}

/** One that is not recognised decides nothing. */
function conditionOf(text: string | null): Condition {
  if (text === null) return () => true;
  const read = known('', '', () => condition(text));
  return read.state === 'known' ? read.value : () => null;
}

/** Permissions of the service that a role names and this table does not have. */
export function unknownPermissions({ permissions: parts }: Role): readonly string[] {
  const names = Object.keys(permissions).map((name) => `${service}${name}`.toLowerCase());
  return parts
    .flatMap(({ actions, dataActions: data }) => [...actions, ...data])
    .filter(
      (pattern) =>
        pattern.startsWith(service.toLowerCase()) && !names.some((name) => matches(pattern, name)),
    );
}
