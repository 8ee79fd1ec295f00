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
import type { Credential } from '../../../model/identity.ts';
import { matches } from '../../../model/wildcard.ts';

/** An organization access token as it is listed. */
export interface ListedToken {
  readonly id: string;
  readonly label: string;
  readonly active: boolean;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}

export function listedTokens(entries: readonly JsonObject[]): readonly ListedToken[] {
  return entries.map((entry) => ({
    id: stringAt(entry, 'id'),
    label: stringAt(entry, 'label'),
    active: booleanAt(entry, 'is_active'),
    createdAt: instantAt(entry, 'created_at'),
    expiresAt: instantOrNull(entry, 'expires_at'),
    lastUsedAt: instantOrNull(entry, 'last_used_at'),
  }));
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
type Right = 'read' | 'push' | 'delete' | 'administer';

/**
 * Scopes of organization access tokens (docs, access token reference). A higher scope holds the lower
 * ones. `repo-pull` is what older answers say. A scope that is not here may allow anything.
 */
const scopes: Readonly<Record<string, Right>> = {
  'repo-pull': 'read',
  'scope-image-pull': 'read',
  'scope-image-push': 'push',
  'scope-image-delete': 'delete',
  'scope-repository-read': 'read',
  'scope-repository-edit': 'administer',
  'scope-repository-admin': 'administer',
  'scope-tag-read': 'read',
  'scope-tag-admin': 'delete',
  'scope-webhook-read': 'read',
  'scope-webhook-edit': 'administer',
  'scope-webhook-admin': 'administer',
  'scope-repo-group-read': 'read',
  'scope-repo-group-edit': 'administer',
  'scope-repo-group-admin': 'administer',
  'scope-repository-settings-admin': 'administer',
  'scope-member-read': 'read',
  'scope-member-edit': 'administer',
  'scope-invite-read': 'read',
  'scope-invite-edit': 'administer',
  'scope-group-read': 'read',
  'scope-group-edit': 'administer',
  'scope-activity-read': 'read',
  'scope-siem_credentials-read': 'read',
  'scope-ram-read': 'read',
  'scope-ram-write': 'administer',
  'scope-report-read': 'read',
  'scope-repository-create': 'push',
  'scope-repository-list': 'read',
  'scope-registry-usage-read': 'read',
  'scope-cloud-connect': 'read',
  'scope-audit_events-read': 'read',
  'scope-governance-policy-read': 'read',
  'scope-governance-policy-write': 'administer',
};

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
    return { on, path, rights: names.map(rightOf) };
  });
}

/** Scopes that are given for repositories alone (docs, access token reference). */
const ofRepositories =
  /^(?:repo-pull|scope-(?:image|tag|webhook|repo-group|repository-settings)-.*|scope-repository-(?:read|edit|admin))$/;
const publicOnes = '*/*/public';
/** One repository, or with `*` several; names are in lower case (API reference, orgAccessTokenResource). */
const repositories = /^(?:\*|[a-z0-9][a-z0-9._-]*)\/[a-z0-9._*-]+$/;

function rightOf(scope: string): Right {
  const right = Object.hasOwn(scopes, scope) ? scopes[scope] : undefined;
  if (right !== undefined) return right;
  throw new DecodeError(`the scope ${scope.slice(0, 60)} is not one that is documented`);
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

/** An organization access token as a credential. Throws where its grants are not understood. */
export function organizationCredential(
  token: ListedToken,
  grants: readonly TokenGrant[],
): Credential {
  const rights = new Set(grants.flatMap((grant) => grant.rights));
  const broad = grants.some(({ on, path }) => on === 'TYPE_REPO' && path.endsWith('/*'));
  const pushes = rights.has('push') || rights.has('delete');
  return {
    kind: 'token',
    name: `organization access token ${token.label.slice(0, 80)}`,
    createdAt: token.createdAt,
    expiresAt: token.expiresAt,
    lastUsedAt: token.lastUsedAt,
    reach: broad ? 'every-repository' : 'some-repositories',
    can: rights.has('administer') ? 'administer' : pushes ? 'push' : 'pull',
  };
}

const personalScopes = {
  'repo:admin': 'administer',
  'repo:write': 'push',
  'repo:read': 'pull',
  'repo:public_read': 'pull',
} as const;
const personalWords = Object.keys(personalScopes) as (keyof typeof personalScopes)[];

/**
 * The active personal access tokens of the caller. Each opens every repository its owner reaches. One
 * without an end was made to last (API reference, createAccessTokenRequest).
 */
export function personalCredentials(entries: readonly JsonObject[]): readonly Credential[] {
  return entries
    .filter((entry) => booleanAt(entry, 'is_active'))
    .map((entry) => ({
      kind: 'token',
      name: `personal access token ${stringAt(entry, 'token_label').slice(0, 80)}`,
      createdAt: instantAt(entry, 'created_at'),
      expiresAt: entry['expires_at'] === undefined ? null : instantOrNull(entry, 'expires_at'),
      lastUsedAt: instantOrNull(entry, 'last_used'),
      reach: 'every-repository',
      can: mostOf(stringsAt(entry, 'scopes')),
    }));
}

function mostOf(held: readonly string[]): Credential['can'] {
  const rights = new Set(
    held.map((scope) => personalScopes[enumAt({ scope }, 'scope', personalWords)]),
  );
  if (rights.has('administer')) return 'administer';
  return rights.has('push') ? 'push' : 'pull';
}
