import {
  booleanAt,
  DecodeError,
  enumAt,
  type JsonObject,
  objectAt,
  objectOf,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';

/** The roles of a repository; each can do all that those before it can. */
const roles = ['read', 'write', 'admin'] as const;
export type Role = (typeof roles)[number];

export interface UserPermission {
  readonly name: string;
  readonly robot: boolean;
  readonly role: Role;
  /** Of another namespace, or a person who is in no team of this one. */
  readonly foreign: boolean;
}

/** Who has a role in a repository by name, as the raw entries. */
export function permissionEntries(raw: unknown): readonly JsonObject[] {
  const permissions = objectAt(objectOf(raw, 'the permissions'), 'permissions');
  return Object.keys(permissions).map((key) => objectAt(permissions, key));
}

/** Quay counts every robot as a member (endpoints/api/permission_models_pre_oci.py). */
export function userPermission(entry: JsonObject, namespace: string): UserPermission {
  const name = stringAt(entry, 'name');
  const robot = booleanAt(entry, 'is_robot');
  // Namespaces of users have no members.
  const member =
    entry['is_org_member'] === undefined ? name === namespace : booleanAt(entry, 'is_org_member');
  const own = robot ? name.startsWith(`${namespace}+`) : member;
  return { name, robot, role: enumAt(entry, 'role', roles), foreign: !own };
}

export interface TeamPermission {
  readonly team: string;
  readonly role: Role;
}

export function teamPermission(entry: JsonObject): TeamPermission {
  return { team: stringAt(entry, 'name'), role: enumAt(entry, 'role', roles) };
}

export interface TeamMember {
  readonly name: string;
  readonly robot: boolean;
  readonly invited: boolean;
}

/** Those in one team, which has to be the one that was asked for, as the raw entries. */
export function teamMembers(raw: unknown, team: string): readonly JsonObject[] {
  const answer = objectOf(raw, 'the team');
  if (stringAt(answer, 'name') !== team) throw new DecodeError('the answer is about another team');
  return objectsAt(answer, 'members');
}

/** An invitation by mail names no account yet. */
export function teamMember(entry: JsonObject): TeamMember {
  const invited = booleanAt(entry, 'invited');
  const kind = enumAt(entry, 'kind', ['user', 'invite']);
  if (kind === 'invite') return { name: 'somebody invited by mail', robot: false, invited: true };
  return { name: stringAt(entry, 'name'), robot: booleanAt(entry, 'is_robot'), invited };
}

/** The names of the people that a list of members or collaborators has. */
export function peopleIn(raw: unknown, key: 'members' | 'collaborators'): readonly string[] {
  return objectsAt(objectOf(raw, 'the answer'), key)
    .filter((one) => enumAt(one, 'kind', ['user', 'robot']) === 'user')
    .map((one) => stringAt(one, 'name'));
}

/** An account of the instance. */
export interface Account {
  readonly name: string;
  readonly superuser: boolean;
  readonly enabled: boolean;
}

export function account(raw: unknown): Account {
  const entry = objectOf(raw, 'an account');
  return {
    name: stringAt(entry, 'username'),
    superuser: booleanAt(entry, 'super_user'),
    enabled: booleanAt(entry, 'enabled'),
  };
}
