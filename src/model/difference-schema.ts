import { type Suppression, severities, suppression, verdicts } from './finding.ts';
import {
  count,
  type Frozen,
  instant,
  list,
  record,
  type Static,
  Type,
  text,
  textOrNull,
  texts,
  word,
} from './shape.ts';

/** Semantic version of the document: major for incompatible changes, minor for additions. */
export const differenceVersion = '1.1';

/** The changes of a finding, the most urgent first. */
export const changes = [
  'new',
  'now-unknown',
  'changed',
  'not-judged',
  'gone',
  'fixed',
  'now-known',
] as const;
export type Change = (typeof changes)[number];

const verdictOrNull = Type.Unsafe<(typeof verdicts)[number] | null>({
  type: ['string', 'null'],
  enum: [...verdicts, null],
  description: 'null: no verdict',
});

const changedFinding = record({
  change: word(
    changes,
    'new: fails and did not fail before; now-unknown: became unknown; changed: still fails or is unknown with another message, or no longer applies; not-judged: not scanned again; gone: its repository no longer exists; fixed: failed and now passes; now-known: was unknown and now neither fails nor is unknown',
  ),
  check: text,
  severity: word(severities),
  provider: text,
  registry: text,
  repository: textOrNull,
  subject: text,
  fingerprint: text,
  before: verdictOrNull,
  after: verdictOrNull,
  says: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'the message of the new side, or why there is no verdict',
  }),
  said: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'the message of the old side',
  }),
  suppression,
  suppressedBefore: Type.Unsafe<Suppression['kind'] | null>({
    type: ['string', 'null'],
    enum: ['waiver', 'baseline', 'accepted', null],
    description: 'the suppression of the old side; null: none',
  }),
});
export type ChangedFinding = Frozen<Static<typeof changedFinding>>;

const movedTag = record({
  kind: word(
    ['immutable', 'production', 'mutable', 'cache'],
    'immutable: the old side said that it cannot move; production: declared as such; mutable: neither; cache: of a cache, which follows its upstream',
  ),
  severity: word(severities),
  registry: text,
  repository: text,
  tag: text,
  was: Type.String({ description: 'the digest on the old side' }),
  is: Type.String({ description: 'the digest on the new side' }),
  suppression,
});
export type MovedTag = Frozen<Static<typeof movedTag>>;

const tagChanges = record({
  compared: Type.Integer({ minimum: 0, description: 'tags that both sides name' }),
  notCompared: Type.Integer({
    minimum: 0,
    description: 'repositories of both sides whose tags one side did not read',
  }),
  moved: list(movedTag, 'tags that name another digest'),
});
export type TagChanges = Frozen<Static<typeof tagChanges>>;

const side = record({
  from: word(['snapshot', 'report']),
  startedAt: instant,
  complete: Type.Boolean(),
  registries: count,
  findings: count,
});

const repository = record({ registry: text, name: text });
export type RepositoryName = Frozen<Static<typeof repository>>;

/** The comparison of the findings of two scans, as a JSON document. */
export const differenceSchema = record(
  {
    schemaVersion: Type.Literal(differenceVersion),
    tool: record({ name: text, version: text }),
    old: side,
    new: side,
    failOn: word([...severities, 'none']),
    exitCode: count,
    reason: text,
    summary: record({
      new: count,
      'now-unknown': count,
      changed: count,
      'not-judged': count,
      gone: count,
      fixed: count,
      'now-known': count,
    } satisfies Record<Change, typeof count>),
    registries: record({ appeared: texts, vanished: texts }),
    repositories: record({
      appeared: list(repository, 'scanned now but not before'),
      vanished: list(repository, 'no longer exist: the whole list was read'),
      unseen: list(repository, 'scanned before but not now; they may still exist'),
    }),
    tags: Type.Union([tagChanges, Type.Null()], {
      description:
        'null: not compared, because a report holds no tags or tags-immutable is not selected',
    }),
    findings: list(changedFinding, 'ordered by change, severity, check and subject'),
  },
  'Comparison of the findings of two scans',
);
export type Difference = Frozen<Static<typeof differenceSchema>>;
