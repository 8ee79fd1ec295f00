import {
  booleanAt,
  DecodeError,
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

/** The account that every instance is born with. It signs in past any directory. */
export const firstAccount = 1;

/** getUser of the first account. */
export function firstPerson(raw: unknown): Person {
  const found = person(raw);
  if (found.id === firstAccount) return found;
  throw new DecodeError(`user_id is ${found.id}, and user ${firstAccount} was asked for`);
}

/** A member of a project (src/common/const.go, Role…). */
export interface Member {
  readonly kind: 'person' | 'group';
  readonly name: string;
  readonly role: keyof typeof roles;
}

/**
 * What a role may do with images (src/common/rbac/project/rbac_role.go). Developers are refused a
 * deletion, but may set and run a retention policy that deletes everything.
 */
const roles = {
  projectAdmin: { id: 1, push: 'yes', delete: 'yes' },
  developer: { id: 2, push: 'yes', delete: 'through-retention' },
  guest: { id: 3, push: 'no', delete: 'no' },
  maintainer: { id: 4, push: 'yes', delete: 'yes' },
  limitedGuest: { id: 5, push: 'no', delete: 'no' },
} as const;

/** An entry of listProjectMembers of that project. */
export function member(raw: unknown, project: number): Member {
  const entry = objectOf(raw, 'a member');
  if (numberAt(entry, 'project_id') !== project) {
    throw new DecodeError(`a member is of another project than ${project}`);
  }
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

export function roleRight(
  role: Member['role'],
  ability: 'push' | 'delete',
): 'yes' | 'no' | 'through-retention' {
  return roles[role][ability];
}
