import { type Blocked, type Finding, severities, type VerdictWord } from '../../model/finding.ts';
import type { CheckSummary, RegistrySummary, Report } from '../../model/report.ts';
import { gapsIn, isByHand } from '../by-hand.ts';
import { registryPath } from './location.ts';

/** GitLab accepts and GitHub shows this many results per run; neither reports the omitted ones. */
export const mostResults = 5000;

/** GitHub shows every result as an alert, so a pass has none. */
const hasResult: Readonly<Record<VerdictWord, boolean>> = {
  fail: true,
  unknown: true,
  pass: false,
  'not-applicable': false,
};

export interface PlannedRun {
  /** The category of the upload: a later run with this id replaces the results. */
  readonly id: string;
  readonly registry: RegistrySummary;
  /** By check. */
  readonly counts: ReadonlyMap<string, Counts>;
  readonly gaps: readonly Gap[];
  /** Checks with one joined result instead of one per subject. */
  readonly joined: ReadonlySet<string>;
}

interface Counts {
  fail: number;
  unknown: number;
}

/** One reason why a check is unknown. */
export interface Gap {
  readonly check: string;
  readonly blocked: Blocked;
  subjects: number;
}

export interface RunPlan {
  readonly runs: readonly PlannedRun[];
  /** The run with the result of a finding; undefined: none. */
  readonly runOf: (finding: Finding) => PlannedRun | undefined;
}

interface Draft {
  readonly id: string;
  readonly registry: RegistrySummary;
  readonly counts: Map<string, Counts>;
  readonly gaps: Map<string, Gap>;
}

/**
 * Plans the runs of a report in one pass over the findings. Each registry has one run and one category; a
 * registry that was not reached has none, so that its last results are kept.
 */
export function planRuns(
  { registries, checks, findings }: Report,
  { suppressed = false }: { readonly suppressed?: boolean } = {},
): RunPlan {
  const isIncluded = (finding: Finding) =>
    (hasResult[finding.verdict] || isByHand(finding)) &&
    (suppressed || finding.suppression === null);
  const drafts = new Map(
    registries
      .filter(({ reachable }) => reachable)
      .map((registry) => [registry.id, draftOf(registry)]),
  );
  for (const finding of findings) {
    const draft = drafts.get(finding.registry);
    if (draft === undefined) continue;
    if (isIncluded(finding)) count(draft.counts, finding);
    noteGaps(draft.gaps, finding);
  }
  const runs = new Map(
    [...drafts].map(([registry, draft]) => [
      registry,
      { ...draft, gaps: [...draft.gaps.values()], joined: joinedChecks(draft.counts, checks) },
    ]),
  );
  return {
    runs: [...runs.values()],
    runOf: (finding) => (isIncluded(finding) ? runs.get(finding.registry) : undefined),
  };
}

function draftOf(registry: RegistrySummary): Draft {
  const id = `regaudit/${registryPath(registry.provider, registry.id)}/`;
  return { id, registry, counts: new Map(), gaps: new Map() };
}

function count(counts: Draft['counts'], { check, verdict }: Finding): void {
  const counted = counts.get(check) ?? { fail: 0, unknown: 0 };
  counts.set(check, counted);
  if (verdict === 'fail') counted.fail += 1;
  else counted.unknown += 1;
}

/** Accepted unknowns are gaps too. */
function noteGaps(gaps: Draft['gaps'], finding: Finding): void {
  const { check } = finding;
  for (const blocked of gapsIn(finding)) {
    const key = [check, blocked.why, blocked.permission ?? blocked.operation].join('\n');
    const gap = gaps.get(key) ?? { check, blocked, subjects: 0 };
    gaps.set(key, gap);
    gap.subjects += 1;
  }
}

/** Joins the least severe checks first, the largest of them first, and no more than needed. */
function joinedChecks(
  counts: ReadonlyMap<string, Counts>,
  checks: readonly CheckSummary[],
): Set<string> {
  const rank = new Map(checks.map(({ id, severity }) => [id, severities.indexOf(severity)]));
  const sizes = [...counts].map(([id, { fail, unknown }]) => ({
    id,
    size: fail + unknown,
    rank: rank.get(id) ?? 0,
  }));
  let total = sizes.reduce((sum, { size }) => sum + size, 0);
  const joined = new Set<string>();
  for (const { id, size } of sizes.sort((a, b) => b.rank - a.rank || b.size - a.size)) {
    if (total <= mostResults) break;
    joined.add(id);
    total -= size - 1;
  }
  return joined;
}

/** The number of results in a run. */
export function resultsIn({ counts, joined }: PlannedRun): number {
  return [...counts].reduce(
    (sum, [check, { fail, unknown }]) => sum + (joined.has(check) ? 1 : fail + unknown),
    0,
  );
}

/** GitHub rejects a file with more runs. */
const mostRuns = 20;

/**
 * Splits a report so that the SARIF of each part has at most GitHub's number of runs; most reports are one
 * part. A report that was not split is rendered with all runs: GitHub then rejects the file with an error,
 * whereas omitted registries would go unnoticed.
 */
export function sarifParts(report: Report): Report[] {
  const parts: RegistrySummary[][] = [[]];
  let runs = 0;
  for (const registry of report.registries) {
    if (registry.reachable) runs += 1;
    if (runs > mostRuns) {
      parts.push([]);
      runs = 1;
    }
    parts.at(-1)?.push(registry);
  }
  return parts.map((registries) => ({ ...report, registries }));
}
