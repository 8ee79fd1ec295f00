import {
  type Frozen,
  list,
  record,
  type Static,
  Type,
  text,
  textOrNull,
  texts,
  word,
} from '../../model/shape.ts';
import { fault } from '../fault.ts';
import { storedContent } from '../stored-content.ts';

/*
 * The content of a Docker Hub namespace as data. Instants are ISO 8601 in UTC with whole seconds.
 */

const maybe = Type.Optional;
const vendor = (description: string) => Type.Record(Type.String(), Type.Unknown(), { description });
const image = record({
  name: Type.String({ description: 'its digest is the SHA-256 of this name' }),
  tags: texts,
  pushedAt: text,
  contentType: maybe(Type.String({ description: 'absent: image' })),
  platforms: maybe(
    Type.Array(Type.String(), {
      description: 'absent: linux/amd64 alone; several make it an index',
    }),
  ),
  scan: maybe(
    Type.Unsafe<{ readonly critical: number; readonly high: number } | string>({
      type: ['object', 'string'],
      description:
        'what Docker Scout found, or the state of its index without a report; absent: NONE',
    }),
  ),
  referrers: maybe(
    list(
      record({ artifactType: text, annotations: maybe(vendor('of the manifest')) }),
      'what the referrers API lists for it',
    ),
  ),
});

const repository = record({
  about: maybe(Type.String({ description: 'what there is to see; not sent' })),
  private: Type.Boolean(),
  type: maybe(Type.String({ description: 'absent: null, as of old repositories' })),
  collaborators: maybe(Type.Integer({ minimum: 0 })),
  immutableTags: maybe(
    record({ enabled: Type.Boolean(), rules: texts }, 'absent: all can be moved'),
  ),
  teams: maybe(Type.Record(Type.String(), Type.String(), { description: 'permission, by team' })),
  webhooks: maybe(Type.Array(Type.String(), { description: 'where they go' })),
  scout: maybe(
    Type.Unsafe<boolean | null>({ type: ['boolean', 'null'], description: 'absent: not analysed' }),
  ),
  images: maybe(list(image)),
  stored: maybe(storedContent),
});

const token = record({
  label: text,
  active: maybe(Type.Boolean({ description: 'absent: true' })),
  createdAt: text,
  expiresAt: textOrNull,
  lastUsedAt: textOrNull,
});

/** All responses of a namespace, and the injected faults. */
export const estate = record({
  about: Type.String({ description: 'one sentence: why this estate exists' }),
  asOf: Type.String({ description: 'the instant at which its dates make sense' }),
  namespace: text,
  caller: record(
    {
      username: Type.String({ description: 'of an organization access token: the organization' }),
      credential: word(['organization-token', 'personal-token', 'password']),
      seesPrivate: Type.Boolean({ description: 'whether private repositories are listed to it' }),
      role: maybe(Type.String({ description: 'in the organization; absent: not a member' })),
    },
    'who asks',
  ),
  company: maybe(Type.String({ description: 'above the organization' })),
  pageSize: maybe(
    Type.Integer({ minimum: 1, description: 'the most entries a page has, whatever is asked for' }),
  ),
  referrersApi: maybe(
    Type.Boolean({ description: 'absent: the registry has none and answers 404' }),
  ),
  pullsLeft: maybe(Type.Integer({ minimum: 0, description: 'absent: pulls are unlimited' })),
  repositories: Type.Record(Type.String(), repository, { description: 'by name' }),
  members: maybe(
    list(
      record({ username: text, role: text, guest: maybe(Type.Boolean()), teams: maybe(texts) }),
      'absent: the namespace is of a person',
    ),
  ),
  invites: maybe(list(record({ invitee: text, team: maybe(text), role: maybe(text) }))),
  tokens: maybe(
    list(
      Type.Composite([
        token,
        record({ resources: list(record({ type: text, path: text, scopes: texts })) }),
      ]),
      'organization access tokens',
    ),
  ),
  personalTokens: maybe(list(Type.Composite([token, record({ scopes: texts })]), 'of the caller')),
  log: maybe(
    Type.Array(Type.String(), { description: 'actions; absent: the subscription has no log' }),
  ),
  faults: maybe(list(fault)),
});

export type HubEstate = Frozen<Static<typeof estate>>;
export type HubRepository = Frozen<Static<typeof repository>>;
export type HubImage = Frozen<Static<typeof image>>;
