import {
  booleanAt,
  instantAt,
  type JsonObject,
  maybeString,
  numberAt,
  objectOf,
  stringAt,
  stringsAt,
} from '../../../decode/fields.ts';
import { Inconclusive } from '../../facts.ts';
import { level } from './levels.ts';

/** What a scope opens of the registry; null: nothing (docs, personal access token scopes). */
const scopes: Readonly<Record<string, 'api' | 'push' | 'pull' | null>> = {
  api: 'api',
  write_registry: 'push',
  read_registry: 'pull',
  read_virtual_registry: 'pull',
  write_virtual_registry: 'push',
  read_api: null,
  read_user: null,
  read_repository: null,
  write_repository: null,
  read_package_registry: null,
  write_package_registry: null,
  create_runner: null,
  manage_runner: null,
  ai_features: null,
  k8s_proxy: null,
  self_rotate: null,
  read_service_ping: null,
  read_observability: null,
  write_observability: null,
};

/** What a token opens of the registry at most; `null`: nothing. Throws `Inconclusive` for a new scope. */
export function reachOf(names: readonly string[]): 'api' | 'push' | 'pull' | null {
  const opened = names.map((name) => (Object.hasOwn(scopes, name) ? scopes[name] : undefined));
  const most = (['api', 'push'] as const).find((one) => opened.includes(one));
  if (most !== undefined) return most;
  const odd = names.find((name) => !Object.hasOwn(scopes, name));
  if (odd !== undefined) {
    throw new Inconclusive(`what the scope ${odd.slice(0, 60)} opens is not known here`);
  }
  return opened.includes('pull') ? 'pull' : null;
}

/** A token of a project or group. */
interface Token {
  readonly name: string;
  readonly scopes: readonly string[];
  /** ISO 8601; null: never ends by itself. */
  readonly expiresAt: string | null;
}

export interface DeployToken extends Token {
  readonly username: string;
}

/** An entry of the lists of deploy tokens; none for one that is over. */
export function deployToken(raw: unknown): readonly DeployToken[] {
  const entry = objectOf(raw, 'a deploy token');
  const revoked = booleanAt(entry, 'revoked');
  if (booleanAt(entry, 'expired') || revoked) return [];
  return [
    {
      name: stringAt(entry, 'name'),
      username: stringAt(entry, 'username'),
      scopes: stringsAt(entry, 'scopes'),
      expiresAt: instantOrNever(entry, 'expires_at'),
    },
  ];
}

export interface AccessToken extends Token {
  /** Of the bot that is a member for it. */
  readonly user: number;
  readonly level: number;
  readonly createdAt: string;
  /** ISO 8601; null: never. */
  readonly lastUsedAt: string | null;
}

/** An entry of the lists of access tokens; none for one that is over. */
export function accessToken(raw: unknown): readonly AccessToken[] {
  const entry = objectOf(raw, 'an access token');
  const revoked = booleanAt(entry, 'revoked');
  if (!booleanAt(entry, 'active') || revoked) return [];
  return [
    {
      name: stringAt(entry, 'name'),
      scopes: stringsAt(entry, 'scopes'),
      expiresAt: instantOrNever(entry, 'expires_at'),
      user: numberAt(entry, 'user_id'),
      level: level(entry, 'access_level'),
      createdAt: instantAt(entry, 'created_at'),
      lastUsedAt: instantOrNever(entry, 'last_used_at'),
    },
  ];
}

/** The token that asks: whose it is, and what it may. */
export interface OwnToken {
  readonly scopes: readonly string[];
}

export function ownToken(raw: unknown): OwnToken {
  const entry = objectOf(raw, 'a token');
  numberAt(entry, 'user_id');
  return { scopes: stringsAt(entry, 'scopes') };
}

/** The vendor's null is "never"; a key that is left out says nothing. */
function instantOrNever(entry: JsonObject, key: string): string | null {
  if (key in entry && maybeString(entry, key) === null) return null;
  return instantAt(entry, key);
}
