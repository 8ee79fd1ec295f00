import { whys } from '../model/fact.ts';
import { registryFacts } from '../model/registry.ts';
import { repositoryFacts } from '../model/repository.ts';
import {
  count,
  list,
  record,
  type Static,
  type TSchema,
  Type,
  text,
  word,
} from '../model/shape.ts';

/** Major: readers must change. Minor: an addition that older readers cannot interpret. */
export const snapshotVersion = '2.2';

export const source = record(
  {
    operation: text,
    field: Type.Optional(text),
    permission: Type.Optional(text),
    detail: Type.Optional(text),
    cure: Type.Optional(text),
    step: Type.Optional(text),
    page: Type.Optional(text),
    input: Type.Optional(text),
  },
  'the API operation a fact rests on, the field read, and what is needed to read it',
);

export const unknownFact = record({
  state: Type.Literal('unknown'),
  why: word(whys),
  from: source,
  also: Type.Optional(
    list(record({ why: word(whys), from: source }), 'further reasons, where there are several'),
  ),
});

const ceiling = record({ note: text, step: text }, 'the value is the best that the vendor can do');

/** In: the schema of a fact's value. Out: that of the fact; only a list can be known in part. */
export function factOf(value: TSchema) {
  return Type.Unsafe<unknown>({
    type: 'object',
    discriminator: { propertyName: 'state' },
    required: ['state'],
    oneOf: [
      record({
        state: Type.Literal('known'),
        value,
        from: source,
        ceiling: Type.Optional(ceiling),
      }),
      ...(value['type'] === 'array' ? [partial(value)] : []),
      record({ state: Type.Literal('unsupported'), note: text }),
      unknownFact,
    ],
  });
}

/** What is surely there, and why the rest is not known. */
function partial(value: TSchema) {
  const missing = Type.Array(unknownFact, { minItems: 1 });
  return record({ state: Type.Literal('partial'), value, from: source, missing });
}

const index = Type.Integer({ minimum: 0, description: 'the number of a shared fact above' });

/** Facts by name. A fact that many subjects share has its own line. */
function factsOf(facts: Readonly<Record<string, TSchema>>) {
  const named = Object.entries(facts).map(
    ([name, value]) => [name, Type.Optional(Type.Union([index, factOf(value)]))] as const,
  );
  return record(Object.fromEntries(named), 'facts by name; one that was not collected is absent');
}

const part = record(
  {
    digest: Type.String({ description: 'of the plan' }),
    shard: Type.Integer({ minimum: 0, description: 'which part, from 0' }),
    shards: Type.Integer({ minimum: 1 }),
  },
  'the file is a part: the others belong to it',
);
export type SnapshotPart = Static<typeof part>;

export const headerLine = record(
  {
    kind: Type.Literal('snapshot'),
    schemaVersion: text,
    tool: record({ name: text, version: text }),
    startedAt: text,
    filtered: Type.Boolean({ description: 'whether --include or --exclude left repositories out' }),
    plan: Type.Optional(part),
  },
  'the first line',
);
export type HeaderLine = Static<typeof headerLine>;

/** A shared fact; later lines refer to it by number, counted from 0. */
const sharedFactLine = Type.Unsafe<unknown>({
  description: 'a fact that lines below share by number, counted from 0',
  oneOf: [
    ...Object.entries(registryFacts).map(([name, value]) => sharedFact('registry', name, value)),
    ...Object.entries(repositoryFacts).map(([name, value]) =>
      sharedFact('repository', name, value),
    ),
  ],
});

function sharedFact(subject: string, name: string, value: TSchema) {
  return record({
    kind: Type.Literal('fact'),
    subject: Type.Literal(subject),
    name: Type.Literal(name),
    fact: factOf(value),
  });
}

const registryId = Type.String({ examples: ['ecr://123456789012/eu-west-1'] });

const registryLine = record(
  {
    kind: Type.Literal('registry'),
    registry: registryId,
    provider: text,
    unreachable: Type.Union([unknownFact, Type.Null()]),
    takenAt: Type.String({ description: 'ISO 8601; the only clock the checks see' }),
    facts: factsOf(registryFacts),
    repositoryDefaults: factsOf(repositoryFacts),
  },
  'a registry begins',
);

const repositoryLine = record(
  {
    kind: Type.Literal('repository'),
    registry: registryId,
    name: text,
    facts: factsOf(repositoryFacts),
  },
  'a repository of a registry that has begun',
);

const listing = record({ repositories: count, others: count });

const endLine = record(
  {
    kind: Type.Literal('end'),
    registry: registryId,
    listing: factOf(listing),
    calls: count,
  },
  'a registry ends, and how far its list of repositories was read',
);

export const closeLine = record(
  {
    kind: Type.Literal('close'),
    registries: count,
    repositories: count,
  },
  'the last line: what was written above. A file without it was cut short',
);
export type CloseLine = Static<typeof closeLine>;

/** One line of a snapshot file. */
export const snapshotLine = Type.Union(
  [headerLine, sharedFactLine, registryLine, repositoryLine, endLine, closeLine],
  { description: 'One line of a regaudit snapshot (JSON Lines)' },
);

/** Schemas of lines, and of facts by subject and name. */
export const lineSchemas = {
  header: headerLine,
  unknown: unknownFact,
  end: endLine,
  close: closeLine,
};
export const factSchemas = { registry: registryFacts, repository: repositoryFacts };
