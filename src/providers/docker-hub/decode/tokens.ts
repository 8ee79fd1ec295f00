import {
  booleanAt,
  DecodeError,
  enumAt,
  instantAt,
  type JsonObject,
  objectOf,
  objectsAt,
  stringAt,
  stringsAt,
} from '../../../decode/fields.ts';
import type { Credential, CredentialUse } from '../../../model/identity.ts';
import { matches } from '../../../model/wildcard.ts';
import { organizationScopes, personalScopes, type Right } from './token-scopes.ts';

/** An organization access token as it is listed. */
export interface ListedToken {
  readonly id: string;
  readonly label: string;
  readonly active: boolean;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}

export function listedToken(entry: JsonObject): ListedToken {
  return {
    id: stringAt(entry, 'id'),
    label: stringAt(entry, 'label'),
    active: booleanAt(entry, 'is_active'),
    createdAt: instantAt(entry, 'created_at'),
    expiresAt: instantOrNull(entry, 'expires_at'),
    lastUsedAt: instantOrNull(entry, 'last_used_at'),
  };
}

/** Null stands for never; a field that is missing does not. */
function instantOrNull(entry: JsonObject, key: string): string | null {
  return entry[key] === null ? null : instantAt(entry, key);
}

/** What an organization access token may do with one kind of resource. */
export interface TokenGrant {
  readonly on: 'TYPE_REPO' | 'TYPE_ORG';
  readonly path: string;
  readonly rights: readonly Right[];
}
/** The grants of the token `id`. Throws when the answer is about another one. */
export function tokenGrants(raw: unknown, id: string): readonly TokenGrant[] {
  const token = objectOf(raw, 'the token');
  if (stringAt(token, 'id') !== id) throw new DecodeError('the answer is about another token');
  return objectsAt(token, 'resources').map((resource) => {
    const on = enumAt(resource, 'type', ['TYPE_REPO', 'TYPE_ORG']);
    const names = stringsAt(resource, 'scopes');
    const misplaced = names.find((scope) => on === 'TYPE_ORG' && ofRepositories.test(scope));
    if (misplaced !== undefined)
      throw new DecodeError(`the scope ${misplaced.slice(0, 60)} is not on a repository`);
    const path = stringAt(resource, 'path').toLowerCase();
    if (on === 'TYPE_REPO' && path !== publicOnes && !repositories.test(path)) {
      throw new DecodeError('the path of a token is not one that is documented');
    }
    return { on, path, rights: names.flatMap(rightsOf) };
  });
}

/** Scopes that are given for repositories alone (docs, access token reference). */
const ofRepositories =
  /^(?:repo-pull|scope-(?:image|tag|webhook|repo-group|repository-settings)-.*|scope-repository-(?:read|edit|admin))$/;
const publicOnes = '*/*/public';
/** One repository, or with `*` several; names are in lower case (API reference, orgAccessTokenResource). */
const repositories = /^(?:\*|[a-z0-9][a-z0-9._-]*)\/[a-z0-9._*-]+$/;

function rightsOf(scope: string): readonly Right[] {
  const rights = Object.hasOwn(organizationScopes, scope) ? organizationScopes[scope] : undefined;
  if (rights !== undefined) return rights;
  throw new DecodeError(`the scope ${scope.slice(0, 60)} is not one that is documented`);
}

/** Whether a token can give others, or its own holder, more rights in the organization. */
export function administersOrganization(grants: readonly TokenGrant[]): boolean {
  return grants.some(({ on, rights }) => on === 'TYPE_ORG' && rights.includes('administer'));
}

/** What a token may do with the images of one repository. */
export function rightsOn(
  grants: readonly TokenGrant[],
  repository: { readonly path: string; readonly isPrivate: boolean },
): ReadonlySet<Right> {
  const fitting = grants.filter(({ on, path }) => {
    if (on !== 'TYPE_REPO') return false;
    return path === publicOnes
      ? !repository.isPrivate
      : matches(path, repository.path.toLowerCase());
  });
  return new Set(fitting.flatMap(({ rights }) => rights));
}

/** A credential as Docker Hub lists it: with its last use. */
export type UsedCredential = Credential & CredentialUse;

/** An organization access token as a credential. Throws where its grants are not understood. */
export function organizationCredential(
  token: ListedToken,
  grants: readonly TokenGrant[],
): UsedCredential {
  const rights = new Set(grants.flatMap((grant) => grant.rights));
  const broad =
    grants.some(({ on, path }) => on === 'TYPE_REPO' && path.endsWith('/*')) ||
    administersOrganization(grants);
  return {
    kind: 'token',
    name: `organization access token ${token.label.slice(0, 80)}`,
    createdAt: token.createdAt,
    expiresAt: token.expiresAt,
    lastUsedAt: token.lastUsedAt,
    reach: broad ? 'every-repository' : 'some-repositories',
    can: most(rights),
  };
}

/**
 * A personal access token of the caller; none if it is not active. It opens every repository its owner
 * reaches. One without an end was made to last (API reference, createAccessTokenRequest).
 */
export function personalCredential(entry: JsonObject): readonly UsedCredential[] {
  if (!booleanAt(entry, 'is_active')) return [];
  return [
    {
      kind: 'token',
      name: `personal access token ${stringAt(entry, 'token_label').slice(0, 80)}`,
      createdAt: instantAt(entry, 'created_at'),
      expiresAt: entry['expires_at'] === undefined ? null : instantOrNull(entry, 'expires_at'),
      lastUsedAt: instantOrNull(entry, 'last_used'),
      reach: 'every-repository',
      can: mostOf(stringsAt(entry, 'scopes')),
    },
  ];
}

function mostOf(held: readonly string[]): Credential['can'] {
  const rights = held.flatMap((scope) => {
    const own = Object.hasOwn(personalScopes, scope) ? personalScopes[scope] : undefined;
    if (own !== undefined) return own;
    throw new DecodeError(`the scope ${scope.slice(0, 60)} is not one that is documented`);
  });
  return most(new Set(rights));
}

function most(rights: ReadonlySet<Right>): Credential['can'] {
  if (rights.has('administer') || rights.has('edit')) return 'administer';
  return rights.has('push') || rights.has('delete') ? 'push' : 'pull';
}
