import { type Frozen, list, record, type Static, Type, text, texts } from '../../model/shape.ts';
import { fault } from '../fault.ts';
import { storedContent } from '../stored-content.ts';

/** Fields as the API has them, which stand beside or in place of what the server says by itself. */
const fields = Type.Record(Type.String(), Type.Unknown());
const entries = Type.Optional(Type.Array(fields));

const tokens = { deployTokens: entries, accessTokens: entries, hooks: entries };

const tag = record({
  name: text,
  image: Type.String({ description: 'its digest is made of this' }),
  publishedAt: Type.Unsafe<string | null>({ type: ['string', 'null'] }),
  mediaType: Type.Optional(text),
  referrers: Type.Optional(texts),
});

const repository = record({
  fields: Type.Optional(fields),
  tags: Type.Optional(list(tag)),
  stored: Type.Optional(storedContent),
});

const project = record({
  fields: Type.Optional(fields),
  members: entries,
  ...tokens,
  rules: entries,
  jobTokens: Type.Optional(
    record({
      limited: Type.Boolean(),
      projects: Type.Optional(texts),
      groups: Type.Optional(texts),
    }),
  ),
  security: Type.Optional(
    Type.Unsafe<Record<string, unknown> | null>({ type: ['object', 'null'] }),
  ),
  tagRules: Type.Optional(
    Type.Unsafe<readonly Record<string, unknown>[] | null>({
      type: ['array', 'null'],
      description: 'null: the caller may not see them',
    }),
  ),
  scanPolicies: entries,
  findings: Type.Optional(
    Type.Unsafe<Record<string, number> | null>({
      type: ['object', 'null'],
      description: 'null: the plan has none',
    }),
  ),
  repositories: Type.Optional(Type.Record(Type.String(), repository)),
});

const group = record({
  fields: Type.Optional(fields),
  members: entries,
  ...tokens,
  dependencyProxy: Type.Optional(
    Type.Unsafe<boolean | Record<string, unknown>>({
      type: ['boolean', 'object'],
      description: 'whether it is on, or its settings as the API has them',
    }),
  ),
  virtualRegistries: Type.Optional(list(record({ name: text, upstreams: Type.Array(fields) }))),
  streams: Type.Optional(Type.Record(Type.String(), Type.Array(fields))),
});

/** What an instance of GitLab holds, as data; instants are ISO 8601 in UTC. */
export const estate = record({
  asOf: text,
  /** `gitlab.com`, or that of an instance of one's own. */
  host: text,
  target: Type.Optional(
    Type.String({ description: 'the path that is scanned; empty: all groups' }),
  ),
  plan: Type.Optional(
    Type.Unsafe<'free' | 'premium' | 'ultimate'>({ enum: ['free', 'premium', 'ultimate'] }),
  ),
  version: Type.Optional(text),
  scopes: Type.Optional(texts),
  token: Type.Optional(
    Type.String({ description: 'that the server accepts; else the demo token' }),
  ),
  /** Entries on one page; else what is asked for. */
  pageSize: Type.Optional(Type.Integer({ minimum: 1 })),
  settings: Type.Optional(fields),
  administrators: entries,
  streams: Type.Optional(Type.Array(fields, { description: 'audit streams of the instance' })),
  geo: Type.Optional(
    Type.Array(record({ site: fields, status: Type.Optional(fields) }), {
      description: 'sites, and what each of them has reported',
    }),
  ),
  groups: Type.Record(Type.String(), group),
  projects: Type.Record(Type.String(), project),
  faults: Type.Optional(list(fault)),
});

export type Estate = Frozen<Static<typeof estate>>;
export type EstateProject = Estate['projects'][string];
export type EstateGroup = Estate['groups'][string];
export type Fields = Readonly<Record<string, unknown>>;
