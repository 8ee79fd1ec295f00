import { whys } from './fact.ts';
import { finding, severities, type VerdictWord, verdicts } from './finding.ts';
import { impacts } from './impact.ts';
import { clouds } from './place.ts';
import { profiles } from './profile.ts';
import { count, instant, list, record, Type, text, textOrNull, texts, word } from './shape.ts';

/** Semantic version of the document: major for incompatible changes, minor for additions. */
export const reportVersion = '3.0';

export const summary = record(
  {
    pass: count,
    fail: count,
    unknown: count,
    notApplicable: count,
    waived: Type.Integer({ minimum: 0, description: 'of fail: waived ones' }),
    baselined: Type.Integer({
      minimum: 0,
      description: 'of fail and unknown: those in the baseline',
    }),
    accepted: Type.Integer({ minimum: 0, description: 'of unknown: accepted ones' }),
    byHand: Type.Integer({
      minimum: 0,
      description: 'of unknown and not applicable: those to check by hand',
    }),
  },
  'findings by verdict, including suppressed ones',
);

/** How many of the checks that ran pass or fail, and why the others do not. */
export const coverage = record(
  {
    registries: count,
    checks: Type.Integer({ minimum: 0, description: 'counted once for each registry' }),
    judged: Type.Integer({
      minimum: 0,
      description: 'pass or fail for every subject, none unknown',
    }),
    byHand: Type.Integer({
      minimum: 0,
      description:
        'unknown only where no API exposes the fact or the vendor offers no better setting',
    }),
    notApplicable: count,
    unknown: list(
      record({ why: word(whys), checks: count }),
      'checks with an unknown, by the first reason',
    ),
  },
  'how many checks were evaluated',
);

export const registrySummary = record({
  id: Type.String({ examples: ['ecr://123456789012/eu-west-1'] }),
  provider: text,
  account: Type.Optional(
    Type.String({ description: 'the account, subscription, project, namespace or group' }),
  ),
  region: Type.Optional(text),
  cloud: Type.Optional(word(clouds, 'absent: a registry of no cloud')),
  reachable: Type.Boolean({
    description: 'false: sign-in failed or the registry was not reached',
  }),
  repositories: record({
    count: Type.Integer({ minimum: 0, description: 'scanned repositories' }),
    complete: Type.Boolean({
      description: 'whether the list of repositories was read to its end',
    }),
    known: Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      description: 'all repositories of the registry, regardless of filters; null: unknown',
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
    title: Type.Optional(
      Type.String({ description: 'its title, or what it asks for in the words of regaudit' }),
    ),
    by: word(
      ['registry', 'vendor', 'related'],
      'registry: the control names registries or images; vendor: mapped by a vendor; related: mapped by regaudit',
    ),
  },
  'a control of a framework that a check is evidence towards',
);

/** The fix of a check for one provider; every key is optional. */
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
    impact: word(
      impacts,
      'what its failure lets happen: untrusted access, writes by the wrong principal, a control that is not enforced, anything else',
    ),
    title: Type.String({ description: 'one sentence that is true when the check passes' }),
    why: Type.String({ description: 'the risk if the check fails' }),
    checklist: texts,
    references: Type.Array(text, { description: 'pages about any registry' }),
    controls: list(control),
    fix: Type.Record(text, fixSummary, {
      description: 'the fix for each provider of the report where the check can fail',
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
    'of an exception: expired, unused, over-broad, overlapping; of a check: switched-off for some subjects; of a baseline entry: fixed, vanished (subject or check no longer exists), unknown-now, not-scanned',
  ),
  message: text,
  where: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: 'file and line of the exception',
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
      description: 'false: something is unknown, or the scan was interrupted',
    }),
    interrupted: Type.Boolean(),
    exitCode: count,
    reason: Type.String({ description: 'the reason for the exit code, one sentence' }),
    failOn: word([...severities, 'none']),
    summary,
    coverage,
    policy: record(
      { profile: word(profiles), notices: list(policyNotice) },
      'notices about the policy',
    ),
    registries: list(registrySummary),
    only: Type.Optional(
      list(
        word(verdicts),
        'of a report in part: the verdicts of its findings; absent: every finding is listed',
      ),
    ),
    checks: list(checkSummary),
    findings: list(finding, 'ordered by severity, check and subject'),
  },
  'The result of a scan of container registries',
);
