import {
  type Frozen,
  list,
  record,
  type Static,
  Type,
  text,
  texts,
  word,
} from '../../model/shape.ts';
import { fault } from '../fault.ts';

/*
 * A Quay estate is what an instance holds, as data. What is called a "vendor object" goes over the wire in
 * Quay's own words, its ids and dates added where they say nothing. Instants are ISO 8601 in UTC.
 */

const vendor = (description: string) =>
  Type.Record(Type.String(), Type.Unknown(), { description: `vendor object: ${description}` });
const vendors = (description: string) => Type.Optional(list(vendor(description)));
const about = Type.Optional(Type.String({ description: 'what there is to see; not sent' }));
const role = text;
const roles = (description: string) =>
  Type.Optional(Type.Record(Type.String(), role, { description }));

const tag = record({
  name: text,
  since: Type.String({ description: 'when it was set' }),
  image: Type.String({
    description: 'what its manifest is made of; tags with one name lead to one image',
  }),
  platforms: Type.Optional(
    Type.Array(Type.String(), { description: 'of an index; absent: no index' }),
  ),
  type: Type.Optional(
    Type.String({ description: 'media type of its configuration; absent: an image' }),
  ),
  immutable: Type.Optional(Type.Boolean()),
  scan: Type.Optional(
    Type.Unsafe<string | readonly string[]>({
      type: ['string', 'array'],
      description: 'a status, or the severities that were found; absent: scanned, nothing found',
    }),
  ),
  signed: Type.Optional(
    Type.Boolean({ description: 'whether cosign filed a signature beside it' }),
  ),
  attested: Type.Optional(Type.Boolean({ description: 'whether signed provenance refers to it' })),
});

const repository = record({
  about,
  public: Type.Optional(Type.Boolean()),
  state: Type.Optional(Type.String({ description: 'absent: NORMAL' })),
  kind: Type.Optional(Type.String({ description: 'absent: image' })),
  users: roles('roles of people and robots, by name'),
  teams: roles('roles of teams, by name'),
  notifications: vendors('a notification'),
  autoprune: vendors('a policy'),
  immutability: vendors('a policy'),
  mirror: Type.Optional(vendor('the mirror')),
  triggers: vendors('a build trigger'),
  tags: Type.Optional(list(tag)),
});

const namespace = record({
  about,
  user: Type.Optional(Type.Boolean({ description: 'true: the namespace of a user' })),
  /** By name; the role, and who is in it. */
  teams: Type.Optional(
    Type.Record(
      Type.String(),
      record({ role: text, members: texts, invited: Type.Optional(texts) }),
    ),
  ),
  collaborators: Type.Optional(texts),
  robots: vendors('a robot'),
  applications: Type.Optional(
    list(record({ name: text, id: text, tokens: list(vendor('a token')) })),
  ),
  autoprune: vendors('a policy'),
  immutability: vendors('a policy'),
  proxycache: Type.Optional(vendor('the proxy cache')),
  mirror: Type.Optional(vendor('the mirror')),
  tagExpiration: Type.Optional(Type.Integer({ description: 'seconds; absent: two weeks' })),
  repositories: Type.Record(Type.String(), repository),
});

/** All that a pretended Quay holds, and who is asking. */
export const estate = record({
  about,
  asOf: text,
  pageSize: Type.Optional(Type.Integer({ description: 'most entries of a page' })),
  caller: record({
    name: text,
    kind: word(['global-readonly', 'superuser', 'user']),
    scopes: texts,
    token: Type.Optional(word(['valid', 'expired'])),
  }),
  version: Type.Optional(Type.String({ description: 'absent: one that is maintained' })),
  features: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: 'where they are not as usual; null: the release does not have it',
    }),
  ),
  config: Type.Optional(vendor('what /config tells besides')),
  settings: Type.Optional(vendor('the configuration, where it is not as usual')),
  externalLogins: vendors('an external login'),
  users: Type.Optional(
    list(
      record({
        name: text,
        superuser: Type.Optional(Type.Boolean()),
        enabled: Type.Optional(Type.Boolean()),
      }),
    ),
  ),
  appTokens: vendors('an application-specific token'),
  namespaces: Type.Record(Type.String(), namespace),
  faults: Type.Optional(list(fault)),
});

export type Estate = Frozen<Static<typeof estate>>;
export type Namespace = Estate['namespaces'][string];
export type Repository = Namespace['repositories'][string];
export type Tag = NonNullable<Repository['tags']>[number];
