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

/** Major: a reader must change. Minor: something was added. */
export const differenceVersion = '1.0';

/** What can have become of a finding, the most urgent first. */
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
  description: 'null: it was not judged',
});

const changedFinding = record({
  change: word(
    changes,
    'new: fails and did not; now-unknown: cannot be told any longer; changed: still fails or is unknown, but says something else, or does not apply any longer; not-judged: nobody looked again; gone: its repository is no longer there; fixed: failed and passes; now-known: was unknown and is neither failed nor unknown',
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
    description: 'what the failure or unknown of the new side says, or why it was not judged',
  }),
  said: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'what the failure or unknown of the old side said',
  }),
  suppression,
  suppressedBefore: Type.Unsafe<Suppression['kind'] | null>({
    type: ['string', 'null'],
    enum: ['waiver', 'baseline', 'accepted', null],
    description:
      'how the failure or unknown of the old side was suppressed; null: it was not, or there was none',
  }),
});
export type ChangedFinding = Frozen<Static<typeof changedFinding>>;

const side = record({
  from: word(['snapshot', 'report']),
  startedAt: instant,
  complete: Type.Boolean(),
  registries: count,
  findings: count,
});

const repository = record({ registry: text, name: text });
export type RepositoryName = Frozen<Static<typeof repository>>;

/** What became of the findings of one scan in another, as a JSON document. */
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
      appeared: list(repository, 'judged now and not before'),
      vanished: list(repository, 'no longer there: the whole list was read'),
      unseen: list(
        repository,
        'judged before and not now, and nobody knows whether they are there',
      ),
    }),
    findings: list(changedFinding, 'ordered by change, severity, check and subject'),
  },
  'What became of the findings of one scan in another',
);
export type Difference = Frozen<Static<typeof differenceSchema>>;
