import type { Finding, Severity } from '../../model/finding.ts';
import type { CheckSummary, Report } from '../../model/report.ts';
import { type FilledCommand, fill } from './command.ts';
import { type Place, placeOf } from './places.ts';

export type Fix = CheckSummary['fix'][string];

/** All failures of one check at one provider: they are put right in the same way. */
export interface Step {
  readonly check: string;
  readonly severity: Severity;
  readonly provider: string;
  readonly about: CheckSummary | undefined;
  readonly fix: Fix;
  readonly tasks: readonly Task[];
}

/** One command with the findings it answers, or without one. */
export interface Task {
  readonly registry: string;
  readonly place: Place;
  readonly command: FilledCommand | null;
  readonly findings: Finding[];
}

/** How many failing findings have a step, and how many of all have none. */
export interface StepCounts {
  answered: number;
  aside: number;
  unknown: number;
}

/**
 * In: a report. Out: its steps, the most severe first; what is not an active failure is only counted,
 * in `counts`. Holds the findings of one step at a time.
 */
export function* stepsOf({ checks, findings }: Report, counts: StepCounts): Generator<Step> {
  const known = new Map(checks.map((check) => [check.id, check]));
  let batch: Finding[] = [];
  for (const finding of findings) {
    if (finding.verdict === 'unknown') counts.unknown += 1;
    if (finding.verdict !== 'fail') continue;
    if (finding.standing.mode !== 'active') {
      counts.aside += 1;
      continue;
    }
    counts.answered += 1;
    const [first] = batch;
    if (first !== undefined && !together(first, finding)) {
      yield stepOf(batch, known);
      batch = [];
    }
    batch.push(finding);
  }
  if (batch.length > 0) yield stepOf(batch, known);
}

function together(a: Finding, b: Finding): boolean {
  return a.check === b.check && a.severity === b.severity && a.provider === b.provider;
}

function stepOf(batch: readonly Finding[], known: ReadonlyMap<string, CheckSummary>): Step {
  const { check = '', severity = 'low', provider = '' } = batch[0] ?? {};
  const about = known.get(check);
  const fix = about?.fix[provider] ?? {};
  return { check, severity, provider, about, fix, tasks: tasksOf(batch, fix) };
}

/** A command for the registry as a whole answers the findings of all its repositories at once. */
function tasksOf(batch: readonly Finding[], { command }: Fix): Task[] {
  const tasks = new Map<string, Task>();
  for (const finding of batch) {
    const { registry } = finding;
    const place = placeOf(finding);
    const filled =
      command === undefined || place.unfit !== null ? null : fill(command, place.values);
    const key = JSON.stringify([registry, filled]);
    const task = tasks.get(key) ?? { registry, place, command: filled, findings: [] };
    tasks.set(key, task);
    task.findings.push(finding);
  }
  return [...tasks.values()];
}
