import { type Blocked, type Finding, severities, type VerdictWord } from '../../model/finding.ts';
import type { CheckSummary, RegistrySummary, Report } from '../../model/report.ts';
import { gapsIn, isByHand } from '../by-hand.ts';
import { registryPath } from './location.ts';

/** GitLab takes so many results of a run, GitHub shows so many; neither says which it left out. */
export const mostResults = 5000;

/** GitHub shows whatever has a result as an alert, also a pass. */
const told: Readonly<Record<VerdictWord, boolean>> = {
  fail: true,
  unknown: true,
  pass: false,
  'not-applicable': false,
};

export interface PlannedRun {
  /** Category of the upload: a later run of the same id replaces this one's results. */
  readonly id: string;
  readonly registry: RegistrySummary;
  /** By check. */
  readonly counts: ReadonlyMap<string, Counts>;
  readonly gaps: readonly Gap[];
  /** Checks that get one result instead of one per subject. */
  readonly joined: ReadonlySet<string>;
}

interface Counts {
  fail: number;
  unknown: number;
}

/** What could not be read for one check. */
export interface Gap {
  readonly check: string;
  readonly blocked: Blocked;
  subjects: number;
}

export interface RunPlan {
  readonly runs: readonly PlannedRun[];
  /** The run that holds a finding's result, if any does. */
  readonly runOf: (finding: Finding) => PlannedRun | undefined;
}

interface Draft {
  readonly id: string;
  readonly registry: RegistrySummary;
  readonly counts: Map<string, Counts>;
  readonly gaps: Map<string, Gap>;
}

/**
 * The runs of a report and what each will hold; goes through the findings once. Each registry has one
 * run and one category, but for a registry that could not be reached: it has none, so that its last
 * results stay as they are.
 */
export function planRuns(
  { registries, checks, findings }: Report,
  { suppressed = false }: { readonly suppressed?: boolean } = {},
): RunPlan {
  const isTold = (finding: Finding) =>
    (told[finding.verdict] || isByHand(finding)) && (suppressed || finding.suppression === null);
  const drafts = new Map(
    registries
      .filter(({ reachable }) => reachable)
      .map((registry) => [registry.id, draftOf(registry)]),
  );
  for (const finding of findings) {
    const draft = drafts.get(finding.registry);
    if (draft === undefined) continue;
    if (isTold(finding)) count(draft.counts, finding);
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
    runOf: (finding) => (isTold(finding) ? runs.get(finding.registry) : undefined),
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

/** Also of an unknown that is accepted: it could not be read all the same. */
function noteGaps(gaps: Draft['gaps'], finding: Finding): void {
  const { check } = finding;
  for (const blocked of gapsIn(finding)) {
    const key = [check, blocked.why, blocked.permission ?? blocked.operation].join('\n');
    const gap = gaps.get(key) ?? { check, blocked, subjects: 0 };
    gaps.set(key, gap);
    gap.subjects += 1;
  }
}

/** Joins the least severe check first, of these the largest, and no more than needed. */
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

/** How many results a run will have. */
export function resultsIn({ counts, joined }: PlannedRun): number {
  return [...counts].reduce(
    (sum, [check, { fail, unknown }]) => sum + (joined.has(check) ? 1 : fail + unknown),
    0,
  );
}

/** GitHub refuses a file of more runs. */
const mostRuns = 20;

/**
 * Splits a report so that the SARIF of each part has no more runs than GitHub takes; most reports
 * are one part. A report that was not split is rendered with all its runs: GitHub then refuses the
 * file, which is heard, where leaving registries out would not be.
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
