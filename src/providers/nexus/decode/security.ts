import {
  arrayAt,
  booleanAt,
  DecodeError,
  enumAt,
  maybeStrings,
  objectOf,
  stringAt,
  stringsAt,
} from '../../../decode/fields.ts';

/** The settings of anonymous access. */
export interface Anonymous {
  readonly enabled: boolean;
  /** The user that requests without credentials run as. */
  readonly userId: string;
  readonly realmName: string;
}

export function anonymous(raw: unknown): Anonymous {
  const settings = objectOf(raw, 'the settings of anonymous access');
  return {
    enabled: booleanAt(settings, 'enabled'),
    userId: stringAt(settings, 'userId'),
    realmName: stringAt(settings, 'realmName'),
  };
}

/** The active realms, by id, in their order. */
export function realms(raw: unknown): readonly string[] {
  const ids = stringsAt({ 'the list of realms': raw }, 'the list of realms');
  if (ids.length === 0) throw new DecodeError('no realm is active, and nobody could sign in');
  return ids;
}

export interface Role {
  readonly id: string;
  readonly privileges: readonly string[];
  readonly roles: readonly string[];
}

export function role(raw: unknown): Role {
  const one = objectOf(raw, 'a role');
  return {
    id: stringAt(one, 'id'),
    privileges: stringsAt(one, 'privileges'),
    roles: stringsAt(one, 'roles'),
  };
}

const statuses = ['active', 'locked', 'disabled', 'changepassword'] as const;

export interface User {
  readonly userId: string;
  /** `default`: an account of Nexus Repository itself; else a directory. */
  readonly source: string;
  readonly status: (typeof statuses)[number];
  /** Roles given in Nexus Repository, and those that groups of a directory are mapped to. */
  readonly roles: readonly string[];
}

export function user(raw: unknown): User {
  const one = objectOf(raw, 'a user');
  return {
    userId: stringAt(one, 'userId'),
    source: stringAt(one, 'source'),
    status: enumAt(one, 'status', statuses),
    roles: [...stringsAt(one, 'roles'), ...maybeStrings(one, 'externalRoles')],
  };
}

/** Whether a user can sign in; one that is locked can again when an administrator unlocks it. */
export function isLive({ status }: User): boolean {
  return status !== 'disabled';
}

/** The entries of a response that is a list. */
export function listOf(raw: unknown): readonly unknown[] {
  return arrayAt({ 'the list': raw }, 'the list');
}
