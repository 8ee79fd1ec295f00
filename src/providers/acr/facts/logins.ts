import type { Credential, Identity } from '../../../model/identity.ts';
import type { Described } from '../decode/registry.ts';
import { gives, reachesAll, type ScopeMap, type Token } from '../decode/tokens.ts';

/*
 * Logins that are the registry's own and no principal's of Entra: the admin user, and tokens.
 */

export function adminName({ name }: Described): string {
  return `admin user ${name}`;
}

/** One login that many people may know. */
export function adminIdentity(registry: Described): Identity {
  return {
    kind: 'group',
    name: adminName(registry),
    via: 'its shared passwords',
    foreign: false,
    administrator: false,
  };
}

/** The admin user has two passwords, which never end (authentication guide). */
export function adminPasswords(registry: Described): Credential[] {
  return [1, 2].map((number) => ({
    kind: 'password',
    name: `${number} of ${adminName(registry)}`,
    expiresAt: null,
    createdAt: null,
    reach: 'every-repository',
    can: 'push',
  }));
}

export function tokenIdentity({ name }: Token, map: ScopeMap): Identity {
  return {
    kind: 'workload',
    name: `token ${name}`,
    via: `scope map ${map.name}`,
    foreign: false,
    administrator: false,
  };
}

/** The scope map of a token. Throws when it is not among those listed. */
export function mapOf({ scopeMapId, name }: Token, maps: readonly ScopeMap[]): ScopeMap {
  const map = maps.find(({ id }) => id === scopeMapId);
  if (map === undefined)
    throw new Error(`the scope map of token ${name} is not among those listed`);
  return map;
}

export function credentialsOf(token: Token, map: ScopeMap): Credential[] {
  const changes = gives(map, 'push', null) || gives(map, 'delete', null);
  return token.secrets.map(({ kind, name, createdAt, expiresAt }) => ({
    kind,
    name: `${token.name} ${name}`,
    expiresAt,
    createdAt,
    reach: reachesAll(map) ? 'every-repository' : 'some-repositories',
    can: changes ? 'push' : 'pull',
  }));
}

export function isLive({ expiresAt }: { readonly expiresAt: string | null }, now: string): boolean {
  return expiresAt === null || Date.parse(expiresAt) > Date.parse(now);
}
