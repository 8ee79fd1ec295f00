import { type Source, whys } from './fact.ts';
import { type Frozen, list, record, type Static, Type, text, textOrNull, word } from './shape.ts';

export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

export const verdicts = ['fail', 'unknown', 'pass', 'not-applicable'] as const;
export type VerdictWord = (typeof verdicts)[number];

/** One fact behind a pass or fail. */
export const evidence = record({
  fact: text,
  operation: Type.String({
    description: 'the API operation, or platform for a constant of the platform',
  }),
  field: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'the field in its response',
  }),
  value: Type.Unknown({ description: 'the fact as read; a long list is shortened' }),
});
export type Evidence = Frozen<Static<typeof evidence>>;

/** One unknown fact, and what would be needed to read it. */
export const blocked = record({
  fact: text,
  why: word(whys),
  operation: text,
  permission: textOrNull,
  detail: textOrNull,
  cure: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'what helps if granting the permission does not',
  }),
  input: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'of an inconclusive fact: a hash of the input',
  }),
});
export type Blocked = Frozen<Static<typeof blocked>>;

/** A step by hand: no API exposes the fact, or the vendor offers no better setting. */
export const byHand = record({
  fact: text,
  note: text,
  step: Type.String({ description: 'what to check by hand' }),
  page: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: "the vendor's page which shows that no API exposes it",
  }),
});
export type ByHand = Frozen<Static<typeof byHand>>;

/** The result of `evaluate` for one check and one subject. */
export type Verdict =
  | {
      readonly verdict: 'pass';
      readonly says: string;
      readonly evidence: readonly VerdictEvidence[];
    }
  | Failed
  | {
      readonly verdict: 'unknown';
      readonly blocked: readonly Blocked[];
      /** Only if no API exposes any of the facts. */
      readonly byHand?: readonly ByHand[];
    }
  | {
      readonly verdict: 'not-applicable';
      readonly notes: readonly string[];
      /** Only if the vendor offers no better setting. */
      readonly byHand?: readonly ByHand[];
    };

export interface Failed {
  readonly verdict: 'fail';
  readonly says: string;
  readonly evidence: readonly VerdictEvidence[];
  /** If a list is known in part: why the rest is unknown. */
  readonly missing?: readonly Blocked[];
}

/** A known fact with its source, as evidence. */
export interface VerdictEvidence {
  readonly fact: string;
  readonly value: unknown;
  readonly from: Source;
}

const exception = { reason: text, owner: textOrNull, until: text, ticket: textOrNull };

const suppressed = Type.Union([
  record({ kind: Type.Literal('waiver'), ...exception }),
  record({ kind: Type.Literal('baseline') }),
  record({ kind: Type.Literal('accepted'), ...exception }),
]);
export type Suppression = Frozen<Static<typeof suppressed>>;

/** Why a finding does not affect the exit code. A suppressed finding keeps its verdict. */
export const suppression = Type.Union([suppressed, Type.Null()], {
  description:
    'null: not suppressed; waiver: a failure with an owner until a date; baseline: a failure or inconclusive unknown that existed when the baseline was written; accepted: an unknown with an owner until a date',
});

/** One check evaluated for one subject. */
export const finding = record({
  check: text,
  provider: text,
  registry: text,
  repository: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'null: about the registry as a whole',
  }),
  subject: Type.String({ examples: ['ecr://123456789012/eu-west-1/team/app'] }),
  owner: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description:
      'who owns the subject: the last matching entry of `owners` in the configuration, else its tag or label named by `ownerTag`; null: nobody is named',
  }),
  verdict: word(verdicts),
  severity: word(severities),
  message: text,
  evidence: list(evidence, 'the facts behind a pass or fail'),
  blocked: list(blocked, 'why it is unknown'),
  missing: list(blocked, 'of a fail: why the rest of its facts is unknown'),
  byHand: list(
    byHand,
    'what to check by hand, because no API exposes it or the vendor offers no better setting',
  ),
  suppression,
  fingerprint: Type.String({
    description: 'stable over runs: check and subject, nothing volatile',
  }),
});
export type Finding = Frozen<Static<typeof finding>>;
/** A finding before its fingerprint is computed: most findings are only counted. */
export type FindingWithoutFingerprint = Omit<Finding, 'fingerprint'>;
