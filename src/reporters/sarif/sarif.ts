import type { Report } from '../../model/report.ts';
import type { ReporterOptions } from '../reporter.ts';
import { safeJson } from '../safe-text.ts';
import { frameOf } from './frame.ts';
import { joinedResult, resultOf } from './result.ts';
import { mostResults, type PlannedRun, planRuns, type RunPlan, resultsIn } from './run.ts';

/**
 * Renders SARIF 2.1.0 for GitHub code scanning and GitLab: failures and unknowns, one run per registry.
 * Iterates over the findings once to count them and once per ten thousand results.
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

/** Groups runs whose results are in memory at the same time. */
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

/** The results of the given runs as JSON, in the order of the report. */
function resultsOf(
  batch: readonly PlannedRun[],
  { runOf }: RunPlan,
  { checks, findings }: Report,
): Map<PlannedRun, string[]> {
  const rules = new Map(checks.map((check, index) => [check.id, { check, index }]));
  const results = new Map<PlannedRun, string[]>(batch.map((run) => [run, []]));
  const joined = new Set<string>();
  for (const finding of findings) {
    const run = runOf(finding);
    const list = run && results.get(run);
    if (run === undefined || list === undefined) continue;
    const rule = rules.get(finding.check);
    if (rule === undefined) throw new Error(`the check ${finding.check} is not in this report`);
    if (!run.joined.has(finding.check)) {
      list.push(safeJson(resultOf(finding, rule.index)));
      continue;
    }
    const key = `${run.id}\n${finding.check}`;
    if (!joined.has(key)) list.push(safeJson(joinedResult(rule.check, run, rule.index)));
    joined.add(key);
  }
  return results;
}
