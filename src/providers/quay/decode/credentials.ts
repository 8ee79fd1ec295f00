import {
  DecodeError,
  instantAt,
  type JsonObject,
  objectOf,
  objectsAt,
  stringAt,
  stringsAt,
} from '../../../decode/fields.ts';
import { Denied } from '../../facts.ts';

export interface Robot {
  readonly name: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly teams: readonly string[];
  /** Repositories that it has a role in by name. */
  readonly repositories: readonly string[];
}

/** The robot accounts of a namespace, as the raw entries. A secret among them is never looked at. */
export function robotEntries(raw: unknown): readonly JsonObject[] {
  return objectsAt(objectOf(raw, 'the robots'), 'robots');
}

/** What a robot opens is shown to administrators alone: for other members this throws `Denied`. */
export function robot(entry: JsonObject): Robot {
  if (entry['teams'] === undefined && entry['repositories'] === undefined) {
    throw new Denied('what a robot opens is shown to administrators alone', 'org:admin');
  }
  return {
    name: stringAt(entry, 'name'),
    createdAt: instantAt(entry, 'created'),
    lastUsedAt: maybeInstant(entry, 'last_accessed'),
    teams: objectsAt(entry, 'teams').map((team) => stringAt(team, 'name')),
    repositories: stringsAt(entry, 'repositories'),
  };
}

/** The OAuth applications of an organization, by their public ids. Their secrets are never looked at. */
export function applications(
  raw: unknown,
): readonly { readonly id: string; readonly name: string }[] {
  return objectsAt(objectOf(raw, 'the applications'), 'applications').map((one) => ({
    id: stringAt(one, 'client_id'),
    name: stringAt(one, 'name'),
  }));
}

export interface Token {
  readonly name: string;
  readonly expiresAt: string | null;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  /** The most it can do with the rights of whoever made it; null: it opens no repository. */
  readonly can: 'pull' | 'push' | 'administer' | null;
}

/** What each scope lets a token do with repositories (auth/scopes.py). */
const powers: Readonly<Record<string, Token['can']>> = {
  'repo:read': 'pull',
  'repo:write': 'push',
  'repo:create': 'push',
  'repo:admin': 'administer',
  'org:admin': 'administer',
  'super:user': 'administer',
  // Makes tokens, passwords and robot accounts of its user.
  'user:admin': 'administer',
  'user:read': null,
};
const order: readonly Token['can'][] = [null, 'pull', 'push', 'administer'];

/** An entry of a list of tokens, not looked at yet. */
export function tokenEntry(raw: unknown): JsonObject {
  return objectOf(raw, 'a token');
}

export function tokenEntries(raw: unknown): readonly JsonObject[] {
  return objectsAt(objectOf(raw, 'the tokens'), 'tokens');
}

/** A token of an OAuth application. */
export function applicationToken(entry: JsonObject, application: string): Token {
  const scopes = stringAt(entry, 'scope').split(/[ ,]+/);
  const can = scopes.map((scope) => {
    const power = powers[scope];
    if (power !== undefined) return power;
    throw new DecodeError(`the scope ${scope.slice(0, 40)} is not known`);
  });
  return {
    name: `${application}/${stringAt(entry, 'name')} of ${stringAt(entry, 'created_by')}`,
    expiresAt: instantAt(entry, 'expires_at'),
    createdAt: instantAt(entry, 'created'),
    lastUsedAt: maybeInstant(entry, 'last_accessed'),
    can: can.reduce((most, one) => (order.indexOf(one) > order.indexOf(most) ? one : most), null),
  };
}

/** A token that stands for a password of some user at docker login; whose it is, is not told. */
export function appSpecificToken(entry: JsonObject): Token {
  return {
    name: `${stringAt(entry, 'title')} (${stringAt(entry, 'uuid').slice(0, 8)})`,
    expiresAt: maybeInstant(entry, 'expiration'),
    createdAt: instantAt(entry, 'created'),
    lastUsedAt: maybeInstant(entry, 'last_accessed'),
    can: 'push',
  };
}

/** Null says never; a field that is missing is no such word. */
function maybeInstant(entry: JsonObject, key: string): string | null {
  return entry[key] === null ? null : instantAt(entry, key);
}
