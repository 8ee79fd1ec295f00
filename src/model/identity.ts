import { record, type Static, Type, text, word } from './shape.ts';

/** A principal with a permission at a registry. */
export const identity = record({
  kind: word(
    [
      'person',
      'group',
      'workload',
      'service',
      'account',
      'organization',
      'everyone-signed-in',
      'anyone',
    ],
    'person: a human user; group: several users, or everyone in the account who can assume the role; workload: a machine identity; service: the platform itself; account: a whole account or tenant; organization: all accounts of an organisation; everyone-signed-in: any customer of the platform; anyone: no login needed',
  ),
  name: text,
  via: Type.String({ description: 'the grant: a role, policy, binding or team' }),
  foreign: Type.Boolean({ description: 'belongs to another account, tenant or organisation' }),
  administrator: Type.Boolean({ description: 'has it as part of full administrative permissions' }),
  inherent: Type.Optional(
    Type.Boolean({ description: 'an administrator of this vendor always has it' }),
  ),
});
export type Identity = Static<typeof identity>;

/** A long-lived credential: it outlives one session. */
export const credential = record({
  kind: word(['robot', 'token', 'access-key', 'password', 'deploy-key', 'certificate']),
  name: text,
  expiresAt: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'ISO 8601; null: never expires',
  }),
  createdAt: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'ISO 8601; null: the platform does not report it',
  }),
  reach: word(
    ['some-repositories', 'every-repository'],
    'how much of the registry it has access to',
  ),
  can: word(['pull', 'push', 'administer'], 'its strongest permission'),
});
export type Credential = Static<typeof credential>;

/** The last use of a credential. A separate fact, because it often comes from another source. */
export const use = record({
  name: Type.String({ description: 'of the credential' }),
  lastUsedAt: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'ISO 8601; null: never used',
  }),
});
export type CredentialUse = Static<typeof use>;
