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
import { known } from '../../facts.ts';
import { nameOfId } from './words.ts';

/** A part of a role or of a deny assignment. Patterns in lower case. */
export interface Permissions {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
  /** Null: they hold in every case. */
  readonly condition: string | null;
}

/** A role: what whoever holds it may do. */
export interface Role {
  /** Lower case GUID. */
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly Permissions[];
  /** False: what it allows could not be decoded, and may be anything. */
  readonly readable: boolean;
}

/**
 * The entries of RoleDefinitions_List. The built-in roles are listed everywhere. One that cannot be decoded
 * matters only to whom it is assigned, and to whoever may assign it.
 */
export function rolesIn(entries: readonly JsonObject[]): readonly Role[] {
  if (entries.length === 0) {
    throw new DecodeError('no role is listed, not even a built-in one');
  }
  const roles = entries.map((entry) => {
    const read = known('RoleDefinitions_List', '', () => role(entry));
    return read.state === 'known' ? read.value : unreadable(guidOf(stringAt(entry, 'id')));
  });
  if (roles.some(({ readable }) => readable)) return roles;
  throw new DecodeError('no role can be decoded');
}

/** A role of which no more is known than its id. */
export function unreadable(id: string): Role {
  return { id, name: id, permissions: [], readable: false };
}

/** An entry of RoleDefinitions_List. */
export function role(entry: JsonObject): Role {
  const properties = objectAt(entry, 'properties');
  return {
    id: guidOf(stringAt(entry, 'id')),
    name: stringAt(properties, 'roleName'),
    permissions: permissionsIn(properties),
    readable: true,
  };
}

/** The parts of a role or of a deny assignment. */
export function permissionsIn(properties: JsonObject): readonly Permissions[] {
  return objectsAt(properties, 'permissions').map((one) => {
    const part = {
      actions: lower(one, 'actions'),
      notActions: lower(one, 'notActions'),
      dataActions: lower(one, 'dataActions'),
      notDataActions: lower(one, 'notDataActions'),
      condition: conditionIn(one),
    };
    if (part.actions.length + part.dataActions.length > 0) return part;
    throw new DecodeError('permissions name no action');
  });
}

/** Built-in roles use an empty string or null for no condition. */
function conditionIn(properties: JsonObject): string | null {
  return properties['condition'] === '' ? null : maybeString(properties, 'condition');
}

/** Each list may be left out when it is empty (RBAC role definitions guide). */
function lower(permission: JsonObject, key: string): readonly string[] {
  if (permission[key] === null) throw new DecodeError(`${key} is null, expected a list`);
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
  /** How the role is held; `eligible`: the principal may activate it for a time. */
  readonly held: 'assigned' | 'eligible' | 'delegated';
  /** The managing tenant of a delegation; empty: look the principal up in the directory. */
  readonly tenant: string;
}

const kinds = ['User', 'Group', 'ServicePrincipal', 'ForeignGroup', 'Device'] as const;
export type PrincipalKind = (typeof kinds)[number];

/** The entries of RoleAssignments_ListForScope. Whoever may list them has an assignment of his own. */
export function ownAmong(entries: readonly JsonObject[]): readonly JsonObject[] {
  if (entries.length > 0) return entries;
  throw new DecodeError('no role assignment is listed, not even the one by which they are read');
}

/** An entry of RoleAssignments_ListForScope or of RoleEligibilityScheduleInstances_List. */
export function assignment(entry: JsonObject, held: Assignment['held']): Assignment {
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
    condition: conditionIn(properties),
    held,
    tenant: '',
  };
}

/** The id of a role out of its path, lower case. */
export function guidOf(id: string): string {
  return nameOfId(id).toLowerCase();
}

/** Does a part of a role allow an action of the control plane? `action` in any letter case. */
export function allowsAction({ actions, notActions }: Permissions, action: string): boolean {
  return any(actions, action) && !any(notActions, action);
}

/** Does a part of a role allow an action on data? */
export function allowsData({ dataActions, notDataActions }: Permissions, action: string): boolean {
  return any(dataActions, action) && !any(notDataActions, action);
}

function any(patterns: readonly string[], action: string): boolean {
  if (patterns.length === 0) return false;
  const asked = action.toLowerCase();
  return patterns.some((pattern) => matches(pattern, asked));
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
