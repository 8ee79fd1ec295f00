import { topics as topicTitles } from '../../checks/topics.ts';
import { type Fixing, fixesOf } from '../catalogue/fixes.ts';
import type { AnyCheck } from '../engine/check.ts';
import type { Severity } from '../model/finding.ts';
import { type Finding, severities } from '../model/finding.ts';
import type { Place } from '../model/place.ts';
import type { CheckSummary, Control, RegistrySummary, Report, Summary } from '../model/report.ts';
import { reportVersion } from '../model/report-schema.ts';
import type { RegistryCounts, ScanSummary, VerdictCounts } from '../model/scan-summary.ts';
import type { Decision } from '../policy/decide.ts';
import { coverageOf } from './coverage.ts';

/** A control with the topic that joins it to checks, as in `checks/controls.json`. */
export type TopicControl = Control & { readonly topic: string };

export interface ReportInput {
  readonly tool: Report['tool'];
  readonly summary: ScanSummary;
  readonly checks: readonly AnyCheck[];
  readonly controls: readonly TopicControl[];
  /** Fixes of the scanned registries' providers. */
  readonly fixes: readonly Fixing[];
  /** Where a registry is. */
  readonly place: (provider: string, registry: string) => Place;
  readonly findings: Iterable<Finding>;
  readonly decision: Decision;
  readonly failOn: Severity | 'none';
  readonly policy: Report['policy'];
  readonly interrupted: boolean;
  /** Whether API calls were made; false for a snapshot. */
  readonly live: boolean;
  readonly startedAt: Date;
  readonly finishedAt: Date;
}

/** Joins counts, findings and check metadata into a report. */
export function reportOf(input: ReportInput): Report {
  const { summary, decision, failOn, interrupted, findings } = input;
  return {
    schemaVersion: reportVersion,
    tool: input.tool,
    startedAt: input.startedAt.toISOString(),
    finishedAt: input.finishedAt.toISOString(),
    complete: decision.complete,
    interrupted,
    exitCode: decision.exitCode,
    reason: decision.reason,
    failOn,
    summary: summaryOf([...summary.checks.values()]),
    coverage: coverageOf(summary.registries),
    policy: input.policy,
    // Sorted: registries end in a different order from run to run.
    registries: summary.registries
      .map((registry) => registryOf(registry, input))
      .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
    checks: input.checks
      .map((check) => checkOf(check, input))
      .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity)),
    findings,
  };
}

function summaryOf(counts: readonly VerdictCounts[]): Summary {
  const sum = (verdict: keyof VerdictCounts) =>
    counts.reduce((total, summary) => total + summary[verdict], 0);
  return {
    pass: sum('pass'),
    fail: sum('fail'),
    unknown: sum('unknown'),
    notApplicable: sum('not-applicable'),
    waived: sum('waived'),
    baselined: sum('baselined'),
    accepted: sum('accepted'),
    byHand: sum('byHand'),
  };
}

function registryOf(registry: RegistryCounts, { live, place }: ReportInput): RegistrySummary {
  const { id, provider, reachable, takenAt, judged, ended, listing, calls, verdicts } = registry;
  return {
    id,
    provider,
    ...place(provider, id),
    reachable,
    repositories: {
      count: judged,
      // Unsupported: no repository check was selected, so nothing is missing.
      complete: ended && listing.state !== 'unknown',
      known: listing.state === 'known' ? listing.value.repositories : null,
    },
    summary: summaryOf([verdicts]),
    takenAt,
    calls: live ? calls : null,
  };
}

/** The controls that these topics give evidence for, each once. Without a title, it is that of the topic. */
export function controlsOf(
  topics: readonly string[],
  controls: readonly TopicControl[],
): Control[] {
  const distinct = new Map<string, Control>();
  for (const { topic, framework, version, id, title = titles[topic] ?? '', by } of controls) {
    if (!topics.includes(topic)) continue;
    const key = [framework, version, id, by].join('\n');
    if (!distinct.has(key)) distinct.set(key, { framework, version, id, title, by });
  }
  return [...distinct.values()];
}

const titles: Readonly<Record<string, string>> = topicTitles;

function checkOf(
  { id, subject, severity, impact, title, why, checklist, references, topics, fix = {} }: AnyCheck,
  { summary, controls, fixes }: ReportInput,
): CheckSummary {
  const {
    fail = 0,
    unknown = 0,
    pass = 0,
    'not-applicable': never = 0,
  } = summary.checks.get(id) ?? {};
  return {
    id,
    subject,
    severity,
    impact,
    title,
    why,
    checklist,
    references,
    controls: controlsOf(topics, controls),
    fix: fixesOf({ id, fix }, fixes),
    verdicts: { fail, unknown, pass, 'not-applicable': never },
  };
}
