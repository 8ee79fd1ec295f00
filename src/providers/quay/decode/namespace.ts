import {
  booleanAt,
  DecodeError,
  enumAt,
  type JsonObject,
  numberAt,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';

export interface Team {
  readonly name: string;
  readonly role: 'admin' | 'creator' | 'member';
}

export interface Organization {
  /** Whether the caller administers it with this token, or sees all that its administrators do. */
  readonly admin: boolean;
  readonly member: boolean;
  /** Null: only members are shown the teams. */
  readonly teams: readonly Team[] | null;
  /** For how many seconds deleted tags can be brought back; null: only administrators are shown it. */
  readonly recoverySeconds: number | null;
}

/** Reads one organization, which has to be the one that was asked for. */
export function organization(raw: unknown, name: string): Organization {
  const answer = named(raw, 'name', name);
  const admin = booleanAt(answer, 'is_admin');
  const teams = answer['teams'] === undefined ? null : teamsOf(objectAt(answer, 'teams'));
  if (admin && teams === null) throw new DecodeError('teams is missing');
  const shown = answer['tag_expiration_s'] !== undefined;
  if (admin && !shown) throw new DecodeError('tag_expiration_s is missing');
  const member = booleanAt(answer, 'is_member');
  return {
    admin,
    member,
    teams,
    recoverySeconds: shown ? numberAt(answer, 'tag_expiration_s') : null,
  };
}

function teamsOf(teams: JsonObject): readonly Team[] {
  return Object.keys(teams).map((key) => {
    const team = objectAt(teams, key);
    return {
      name: stringAt(team, 'name'),
      role: enumAt(team, 'role', ['admin', 'creator', 'member']),
    };
  });
}

/** The name of an organization in the list of all. */
export function listedOrganization(raw: unknown): string {
  return stringAt(objectOf(raw, 'an organization'), 'name');
}

/** Reads what everybody is told of a user: that there is one of this name. */
export function userNamespace(raw: unknown, name: string): string {
  return stringAt(named(raw, 'username', name), 'username');
}

export interface LoggedIn {
  readonly name: string;
  /** Reads everything everywhere, and changes nothing. */
  readonly readsEverything: boolean;
  readonly organizations: readonly string[];
}

/** Who the token belongs to. Absence of `super_user` proves nothing: it takes another scope. */
export function loggedIn(raw: unknown): LoggedIn {
  const answer = objectOf(raw, 'the user');
  if (booleanAt(answer, 'anonymous')) throw new DecodeError('the user is anonymous');
  const organizations = answer['organizations'];
  if (!Array.isArray(organizations)) throw new DecodeError('organizations is not a list');
  return {
    name: stringAt(answer, 'username'),
    readsEverything: answer['global_readonly_super_user'] === true,
    organizations: organizations.map((one) => stringAt(objectOf(one, 'an organization'), 'name')),
  };
}

function named(raw: unknown, key: string, name: string): JsonObject {
  const answer = objectOf(raw, 'the namespace');
  if (stringAt(answer, key).toLowerCase() === name.toLowerCase()) return answer;
  throw new DecodeError('the answer is about another namespace');
}
