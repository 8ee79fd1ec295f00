import { record, type Static, Type, text, word } from './shape.ts';

/** Who may do something at a registry. */
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
    'person: a human login; group: several people, or whoever in the account may take the role; workload: a machine identity without a person behind it; service: the platform itself; account: a whole account or tenant; organization: all accounts of an organisation; everyone-signed-in: any customer of the platform; anyone: no login needed',
  ),
  name: text,
  via: Type.String({ description: 'the grant that gives it: a role, policy, binding or team' }),
  foreign: Type.Boolean({ description: 'belongs to another account, tenant or organisation' }),
  administrator: Type.Boolean({ description: 'holds it as part of full administrative rights' }),
  inherent: Type.Optional(
    Type.Boolean({ description: 'the vendor cannot take it from an administrator' }),
  ),
});
export type Identity = Static<typeof identity>;

/** A credential that outlives one session. */
export const credential = record({
  kind: word(['robot', 'token', 'access-key', 'password', 'deploy-key', 'certificate']),
  name: text,
  expiresAt: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'ISO 8601; null: never ends by itself',
  }),
  createdAt: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'ISO 8601; null: the platform does not say',
  }),
  reach: word(['some-repositories', 'every-repository'], 'how much of the registry it opens'),
  can: word(['pull', 'push', 'administer'], 'the most it can do'),
});
export type Credential = Static<typeof credential>;

/** When a credential was last used. A fact of its own, because it often comes from another source. */
export const use = record({
  name: Type.String({ description: 'of the credential' }),
  lastUsedAt: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'ISO 8601; null: never used',
  }),
});
export type CredentialUse = Static<typeof use>;
