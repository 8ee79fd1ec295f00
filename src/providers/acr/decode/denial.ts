import {
  type JsonObject,
  maybeBoolean,
  maybeString,
  objectAt,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';
import { type Permissions, type PrincipalKind, permissionsIn } from './roles.ts';

/** A deny assignment: what principals may not do, whatever roles they hold. */
export interface Denial {
  readonly permissions: readonly Permissions[];
  readonly principals: readonly Named[];
  readonly excluded: readonly Named[];
  readonly scope: string;
  /** Whether it holds below its scope too. */
  readonly inherited: boolean;
  readonly conditional: boolean;
}

interface Named {
  readonly id: string;
  readonly type: string;
}

/** An entry of DenyAssignments_List. */
export function denial(entry: JsonObject): Denial {
  const properties = objectAt(entry, 'properties');
  const effect = maybeString(properties, 'denyAssignmentEffect');
  const enforced = effect === null || effect.toLowerCase() === 'enforced';
  return {
    // One that only audits denies nothing.
    permissions: enforced ? permissionsIn(properties) : [],
    principals: objectsAt(properties, 'principals').map(named),
    excluded: objectsAt(properties, 'excludePrincipals').map(named),
    scope: stringAt(properties, 'scope').toLowerCase(),
    inherited: maybeBoolean(properties, 'doNotApplyToChildScopes') !== true,
    conditional: maybeString(properties, 'condition') !== null,
  };
}

function named(entry: JsonObject): Named {
  return { id: stringAt(entry, 'id').toLowerCase(), type: stringAt(entry, 'type').toLowerCase() };
}

/** All principals of the tenant (Azure deny assignments, principals). */
const everyone = '00000000-0000-0000-0000-000000000000';

/**
 * Whether a deny assignment surely reaches a principal in a registry. Not sure: somebody is excluded who
 * may be the principal, or one of its members. `registry`: its path, in any letter case.
 */
export function reaches(
  { principals, excluded, scope, inherited, conditional }: Denial,
  principal: { readonly id: string; readonly kind: PrincipalKind },
  registry: string,
): boolean {
  const here = registry.toLowerCase();
  const above = here.startsWith(`${scope}/`) || scope.includes('/managementgroups/');
  // What is pushed is below the registry, so a deny assignment for the registry alone may not hold there.
  if (conditional || !inherited || !(above || here === scope)) return false;
  if (principal.kind === 'ForeignGroup' || principal.kind === 'Device') return false;
  const id = principal.id.toLowerCase();
  if (!principals.some((one) => one.id === everyone || one.id === id)) return false;
  if (principal.kind === 'Group') return excluded.length === 0;
  return excluded.every(
    (one) => (one.type === 'user' || one.type === 'serviceprincipal') && one.id !== id,
  );
}
