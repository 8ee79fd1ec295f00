import {
  DecodeError,
  enumAt,
  instantAt,
  type JsonObject,
  numberAt,
  objectOf,
  stringAt,
  stringsAt,
} from '../../../decode/fields.ts';
import type { Credential, CredentialUse } from '../../../model/identity.ts';

export interface UsedCredential {
  readonly credential: Credential;
  readonly use: CredentialUse;
}

/**
 * A credential that a member has authorized for single sign-on; none if it does not open packages: SSH keys
 * and tokens without a scope for packages do not. Tokens of apps end within hours.
 */
export function authorizedCredential(entry: unknown): readonly UsedCredential[] {
  const found = objectOf(entry, 'a credential');
  const type = enumAt(found, 'credential_type', [
    'personal access token',
    'SSH key',
    'OAuth app token',
    'GitHub app token',
  ]);
  if (type === 'SSH key' || type === 'GitHub app token') return [];
  const can = mostOf(stringsAt(found, 'scopes'));
  if (can === null) return [];
  // Its last eight characters would tell it apart as well, and are a part of a secret.
  const name = `${type} ${numberAt(found, 'credential_id')} of ${stringAt(found, 'login')}`;
  return [
    {
      credential: {
        kind: 'token',
        name,
        expiresAt: instantOrNull(found, 'authorized_credential_expires_at'),
        createdAt: null,
        // No scope is limited to some packages: it reaches whatever its owner does.
        reach: 'every-repository',
        can,
      },
      use: { name, lastUsedAt: instantOrNull(found, 'credential_accessed_at') },
    },
  ];
}

const scopes: Readonly<Record<string, Credential['can']>> = {
  'read:packages': 'pull',
  'write:packages': 'push',
  'delete:packages': 'administer',
};
const order = ['pull', 'push', 'administer'] as const;

/** The most that scopes give with packages; null: nothing. Throws for a scope of packages that is not known. */
function mostOf(given: readonly string[]): Credential['can'] | null {
  const strange = given.find((scope) => /package/i.test(scope) && !Object.hasOwn(scopes, scope));
  if (strange !== undefined) throw new DecodeError(`the scope ${strange} is not known`);
  const rights = given.map((scope) => scopes[scope]);
  const most = order.toReversed().find((right) => rights.includes(right));
  return most === undefined ? null : most;
}

function instantOrNull(found: JsonObject, key: string): string | null {
  return found[key] === null ? null : instantAt(found, key);
}
