import {
  booleanAt,
  enumAt,
  instantAt,
  type JsonObject,
  numberAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';

/** An account of a person, of listUsers or getCurrentUserInfo. */
export interface Person {
  readonly id: number;
  readonly name: string;
  /** Administrator by its own flag; groups of the directory can make others administrators. */
  readonly administrator: boolean;
  /** Administrator by a group of the directory; told of the current user alone. */
  readonly administratorByGroup: boolean;
  readonly createdAt: string;
}

export function person(raw: unknown): Person {
  const user = objectOf(raw, 'a user');
  return {
    id: numberAt(user, 'user_id'),
    name: stringAt(user, 'username'),
    administrator: booleanAt(user, 'sysadmin_flag'),
    administratorByGroup: booleanAt(user, 'admin_role_in_auth'),
    createdAt: instantAt(user, 'creation_time'),
  };
}

/** A member of a project (src/common/const.go, Role…). */
export interface Member {
  readonly kind: 'person' | 'group';
  readonly name: string;
  readonly role: keyof typeof roles;
}

/** What a role may do with images (src/common/rbac/project/rbac_role.go). */
const roles = {
  projectAdmin: { id: 1, push: true, delete: true },
  developer: { id: 2, push: true, delete: false },
  guest: { id: 3, push: false, delete: false },
  maintainer: { id: 4, push: true, delete: true },
  limitedGuest: { id: 5, push: false, delete: false },
} as const;

export function member(raw: unknown): Member {
  const entry = objectOf(raw, 'a member');
  const type = enumAt(entry, 'entity_type', ['u', 'g']);
  return {
    kind: type === 'u' ? 'person' : 'group',
    name: stringAt(entry, 'entity_name'),
    role: roleOf(entry),
  };
}

function roleOf(entry: JsonObject): Member['role'] {
  const id = numberAt(entry, 'role_id');
  const names = Object.keys(roles) as Member['role'][];
  const role = names.find((name) => roles[name].id === id);
  if (role !== undefined) return role;
  throw new Error(`role_id ${id} is not known`);
}

export function roleMay(role: Member['role'], ability: 'push' | 'delete'): boolean {
  return roles[role][ability];
}
