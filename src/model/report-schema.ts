import { whys } from './fact.ts';
import { finding, severities, type VerdictWord } from './finding.ts';
import { profiles } from './profile.ts';
import { count, instant, list, record, Type, text, textOrNull, texts, word } from './shape.ts';

/** Major: a reader must change. Minor: something was added. */
export const reportVersion = '2.0';

export const summary = record(
  {
    pass: count,
    fail: count,
    unknown: count,
    notApplicable: count,
    waived: Type.Integer({ minimum: 0, description: 'of fail: how many are waived' }),
    baselined: Type.Integer({
      minimum: 0,
      description: 'of fail and unknown: how many the baseline holds',
    }),
    accepted: Type.Integer({ minimum: 0, description: 'of unknown: how many are accepted' }),
    byHand: Type.Integer({
      minimum: 0,
      description: 'of unknown and not applicable: how many are to be checked by hand',
    }),
  },
  'how many findings of each verdict; suppression takes nothing away from them',
);

/** Of the checks that ran, how many were judged and what is in the way of the others. */
export const coverage = record(
  {
    registries: count,
    checks: Type.Integer({ minimum: 0, description: 'counted once for each registry' }),
    judged: Type.Integer({
      minimum: 0,
      description: 'a pass or a fail, and nothing of it unknown',
    }),
    byHand: Type.Integer({
      minimum: 0,
      description: 'nothing of it unknown but what no API tells or no vendor can do',
    }),
    notApplicable: count,
    unknown: list(
      record({ why: word(whys), checks: count }),
      'checks of which something is unknown, by its first reason',
    ),
  },
  'how many of the checks could be judged',
);

export const registrySummary = record({
  id: Type.String({ examples: ['ecr://123456789012/eu-west-1'] }),
  provider: text,
  reachable: Type.Boolean({
    description: 'false: it could not be signed in to or reached at all',
  }),
  repositories: record({
    count: Type.Integer({ minimum: 0, description: 'how many were judged' }),
    complete: Type.Boolean({
      description: 'whether the list of repositories was read to its end',
    }),
    known: Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      description: 'how many the registry has, filters aside; null: not known',
    }),
  }),
  summary,
  takenAt: Type.String({ description: 'when its facts were read, ISO 8601' }),
  calls: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description: 'API calls made, retries not counted; null when read from a snapshot',
  }),
});

export const control = record(
  {
    framework: text,
    version: text,
    id: text,
    by: word(
      ['registry', 'vendor', 'related'],
      'registry: names registries or images itself; vendor: mapped by a vendor; related: our reading',
    ),
  },
  'a control of a framework that a check is evidence towards',
);

/** How to put a failed check right at one provider, as far as it is said. */
export const fixSummary = record({
  command: Type.Optional(text),
  terraform: Type.Optional(text),
  console: Type.Optional(text),
  instead: Type.Optional(text),
  risk: Type.Optional(text),
  undo: Type.Optional(text),
  references: Type.Optional(texts),
});

export const checkSummary = record(
  {
    id: text,
    subject: word(['registry', 'repository']),
    severity: word(severities),
    title: Type.String({ description: 'one sentence that is true when the check passes' }),
    why: Type.String({ description: 'what goes wrong otherwise' }),
    checklist: texts,
    references: Type.Array(text, { description: 'pages that hold for any registry' }),
    controls: list(control),
    fix: Type.Record(text, fixSummary, {
      description: 'how to put it right at each provider of the report where it can fail',
    }),
    verdicts: record({
      fail: count,
      unknown: count,
      pass: count,
      'not-applicable': count,
    } satisfies Record<VerdictWord, typeof count>),
  },
  'a check that ran, with all its metadata',
);

const noticeKinds = [
  'expired',
  'unused',
  'over-broad',
  'overlapping',
  'switched-off',
  'fixed',
  'vanished',
  'unknown-now',
  'not-scanned',
] as const;

export const policyNotice = record({
  kind: word(
    noticeKinds,
    'of an exception: expired, unused, over-broad, overlapping; of a check: switched-off for some subjects; of an entry of the baseline: fixed, vanished (no such subject or check any more), unknown-now, not-scanned',
  ),
  message: text,
  where: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'file and line it is about',
  }),
  check: textOrNull,
  registry: textOrNull,
  repository: textOrNull,
});

/** The report as a JSON document. The one definition of types, validator and published schema. */
export const reportSchema = record(
  {
    schemaVersion: Type.Literal(reportVersion),
    tool: record({ name: text, version: text }),
    startedAt: instant,
    finishedAt: instant,
    complete: Type.Boolean({
      description: 'false: something asked for could not be read, or the scan was interrupted',
    }),
    interrupted: Type.Boolean(),
    exitCode: count,
    reason: Type.String({ description: 'why that exit code, one sentence' }),
    failOn: word([...severities, 'none']),
    summary,
    coverage,
    policy: record(
      { profile: word(profiles), notices: list(policyNotice) },
      'what ought to be known of the policy itself',
    ),
    registries: list(registrySummary),
    checks: list(checkSummary),
    findings: list(finding, 'ordered by severity, check and subject'),
  },
  'Everything a scan of container registries found',
);
