import { type Frozen, record, type Static, Type, text, texts } from '../../model/shape.ts';
import { fault } from '../fault.ts';

/** An object of the API as it stands, laid over what the server says of one by default. */
const asAnswered = Type.Record(Type.String(), Type.Unknown());
const several = Type.Array(asAnswered);
const maybe = (description: string) => Type.Optional(Type.Unsafe<object | null>({ description }));

/** A tag of an image, and what refers to it by the distribution API. */
const image = record({
  name: text,
  tag: text,
  digest: Type.String({ description: 'the hash alone, in hexadecimal digits' }),
  pushed: text,
  referrers: Type.Optional(several),
});

/** What a server of Nexus Repository holds, as data; instants are ISO 8601 in UTC. */
export const estate = record({
  asOf: text,
  release: Type.String({ description: 'what the header Server tells: 3.94.0-12' }),
  edition: text,
  proxied: Type.Optional(
    Type.Boolean({ description: 'a proxy puts its own header Server in place' }),
  ),
  caller: Type.String({ description: 'the user id of whoever scans' }),
  anonymous: asAnswered,
  realms: texts,
  users: several,
  roles: Type.Array(asAnswered, { description: 'besides nx-admin and nx-anonymous' }),
  privileges: Type.Optional(Type.Array(asAnswered, { description: 'besides those of the server' })),
  repositories: several,
  images: Type.Optional(
    Type.Record(Type.String(), Type.Array(image), { description: 'by repository' }),
  ),
  statusChecks: Type.Optional(asAnswered),
  tasks: several,
  cleanupPolicies: several,
  blobStores: several,
  s3: Type.Optional(asAnswered),
  google: Type.Optional(asAnswered),
  routingRules: Type.Optional(several),
  capabilities: maybe('a list; absent or null: the release has no route for them'),
  userTokens: maybe('absent or null: there is no route, as without a licence'),
  ldap: maybe('a list; absent or null: there is no route'),
  saml: maybe('absent or null: there is no route'),
  ipAllowList: maybe('with its entries; absent or null: there is no route'),
  iq: maybe('absent or null: there is no route'),
  pageSize: Type.Optional(Type.Integer({ minimum: 1 })),
  faults: Type.Optional(Type.Array(fault)),
});
export type Estate = Frozen<Static<typeof estate>>;

export type Fields = Readonly<Record<string, unknown>>;
