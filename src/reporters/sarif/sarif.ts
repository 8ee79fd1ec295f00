import type { Report } from '../../model/report.ts';
import type { ReporterOptions } from '../reporter.ts';
import { safeJson } from '../safe-text.ts';
import { frameOf } from './frame.ts';
import { joinedResult, resultOf } from './result.ts';
import { mostResults, type PlannedRun, planRuns, type RunPlan, resultsIn } from './run.ts';

/**
 * SARIF 2.1.0 for GitHub code scanning and GitLab: failures and unknowns, in runs by registry. The
 * findings are gone through once to count them and once for every ten thousand results.
 */
export function* renderSarif(
  report: Report,
  options: Pick<ReporterOptions, 'suppressed'> = {},
): Generator<string> {
  const plan = planRuns(report, options);
  yield '{\n"$schema": "https://json.schemastore.org/sarif-2.1.0.json",\n"version": "2.1.0",\n';
  yield '"runs": [';
  let separator = '\n';
  for (const batch of batches(plan.runs)) {
    for (const [run, results] of resultsOf(batch, plan, report)) {
      const frame = safeJson(frameOf(run, report), 1).slice(0, -'\n}'.length);
      yield `${separator}${frame},\n "results": [`;
      for (const [at, result] of results.entries()) yield `${at === 0 ? '' : ','}\n  ${result}`;
      yield '\n ]\n}';
      separator = ',\n';
    }
  }
  yield '\n]\n}\n';
}

/** Runs whose results are in memory together. */
function* batches(runs: readonly PlannedRun[]): Generator<PlannedRun[]> {
  let batch: PlannedRun[] = [];
  let held = 0;
  for (const run of runs) {
    const own = resultsIn(run);
    if (held + own > 2 * mostResults) {
      yield batch;
      batch = [];
      held = 0;
    }
    batch.push(run);
    held += own;
  }
  yield batch;
}

/** The results of some runs as JSON, in the order of the report. */
function resultsOf(
  batch: readonly PlannedRun[],
  { runOf }: RunPlan,
  { checks, findings }: Report,
): Map<PlannedRun, string[]> {
  const rules = new Map(checks.map((check, index) => [check.id, { check, index }]));
  const results = new Map<PlannedRun, string[]>(batch.map((run) => [run, []]));
  const told = new Set<string>();
  for (const finding of findings) {
    const run = runOf(finding);
    const list = run && results.get(run);
    if (run === undefined || list === undefined) continue;
    const rule = rules.get(finding.check);
    if (rule === undefined) throw new Error(`${finding.check} is no check of this report`);
    if (!run.joined.has(finding.check)) {
      list.push(safeJson(resultOf(finding, rule.index)));
      continue;
    }
    const key = `${run.id}\n${finding.check}`;
    if (!told.has(key)) list.push(safeJson(joinedResult(rule.check, run, rule.index)));
    told.add(key);
  }
  return results;
}
