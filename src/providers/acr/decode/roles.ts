import {
  DecodeError,
  type JsonObject,
  maybeString,
  maybeStrings,
  objectAt,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';
import { matches } from '../../../model/wildcard.ts';
import { nameOfId } from './words.ts';

interface Permissions {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}

/** A role: what whoever holds it may do. */
export interface Role {
  /** Lower case GUID. */
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly Permissions[];
}

/** An entry of RoleDefinitions_List. */
export function role(entry: JsonObject): Role {
  const properties = objectAt(entry, 'properties');
  return {
    id: guidOf(stringAt(entry, 'id')),
    name: stringAt(properties, 'roleName'),
    permissions: objectsAt(properties, 'permissions').map((one) => ({
      actions: lower(one, 'actions'),
      notActions: lower(one, 'notActions'),
      dataActions: lower(one, 'dataActions'),
      notDataActions: lower(one, 'notDataActions'),
    })),
  };
}

/** Each list may be left out when it is empty (RBAC role definitions guide). */
function lower(permission: JsonObject, key: string): readonly string[] {
  return maybeStrings(permission, key).map((action) => action.toLowerCase());
}

/** A role that a principal holds, at a scope at or above the registry. */
export interface Assignment {
  readonly role: string;
  readonly principal: string;
  readonly kind: PrincipalKind;
  readonly scope: string;
  /** Null: the role holds everywhere in the scope. */
  readonly condition: string | null;
}

const kinds = ['User', 'Group', 'ServicePrincipal', 'ForeignGroup', 'Device'] as const;
export type PrincipalKind = (typeof kinds)[number];

/** The entries of RoleAssignments_ListForScope. Whoever may list them has an assignment of his own. */
export function assignmentsIn(entries: readonly JsonObject[]): readonly Assignment[] {
  if (entries.length > 0) return entries.map(assignment);
  throw new DecodeError('no role assignment is listed, not even the one by which they are read');
}

function assignment(entry: JsonObject): Assignment {
  const properties = objectAt(entry, 'properties');
  const said = stringAt(properties, 'principalType');
  const kind = kinds.find((known) => known === said);
  if (kind === undefined) {
    throw new DecodeError(
      `principalType is "${said.slice(0, 60)}", expected ${kinds.join(' or ')}`,
    );
  }
  return {
    role: guidOf(stringAt(properties, 'roleDefinitionId')),
    principal: stringAt(properties, 'principalId'),
    kind,
    scope: stringAt(properties, 'scope'),
    condition: maybeString(properties, 'condition'),
  };
}

function guidOf(id: string): string {
  return nameOfId(id).toLowerCase();
}

/** Does the role allow an action of the control plane? `action` in any letter case. */
export function allowsAction({ permissions }: Role, action: string): boolean {
  const asked = action.toLowerCase();
  return permissions.some(
    ({ actions, notActions }) => any(actions, asked) && !any(notActions, asked),
  );
}

/** Does the role allow an action on data? */
export function allowsData({ permissions }: Role, action: string): boolean {
  const asked = action.toLowerCase();
  return permissions.some(
    ({ dataActions, notDataActions }) => any(dataActions, asked) && !any(notDataActions, asked),
  );
}

function any(patterns: readonly string[], action: string): boolean {
  return patterns.some((pattern) => matches(pattern, action));
}

/** `the subscription`, `resource group shop`, `the registry`: where an assignment was made. */
export function scopeLabel(scope: string): string {
  const parts = scope.toLowerCase().split('/');
  if (scope === '/') return 'the root of the tenant';
  if (parts.includes('managementgroups')) return `management group ${nameOfId(scope)}`;
  if (parts.includes('registries')) return 'the registry';
  if (parts.includes('resourcegroups')) return `resource group ${nameOfId(scope)}`;
  return 'the subscription';
}
