import type { AllCommands, CommandPlace } from '../../model/commands.ts';
import type { Finding, Severity } from '../../model/finding.ts';
import type { CheckSummary, Report } from '../../model/report.ts';
import { type FilledCommand, fill } from './command.ts';

export type Fix = CheckSummary['fix'][string];

/** All failures of one check at one provider: they share one fix. */
export interface Step {
  readonly check: string;
  readonly severity: Severity;
  readonly provider: string;
  readonly about: CheckSummary | undefined;
  readonly fix: Fix;
  readonly tasks: readonly Task[];
}

/** The findings that one command fixes; or findings without a command. */
export interface Task {
  readonly registry: string;
  readonly place: CommandPlace;
  readonly command: FilledCommand | null;
  readonly findings: Finding[];
}

/** How many failing findings have a step (`fixed`), are suppressed (`aside`) or are unknown. */
export interface StepCounts {
  fixed: number;
  aside: number;
  unknown: number;
}

/** What a person has to do with a task: nothing, fill in a value, or every step by hand. */
export type Readiness = 'ready' | 'value' | 'by hand';

/**
 * By hand: there is no command, a comment describes a step between the commands, or a file must be written
 * first.
 */
export function readinessOf({ command = '' }: Fix, { command: filled }: Task): Readiness {
  if (filled === null || /^\s*#/m.test(command) || /file:\/\/|\bPUT <file>|@<file>/.test(command))
    return 'by hand';
  return filled.missing.length > 0 ? 'value' : 'ready';
}

/**
 * The steps of a report, the most severe first. Findings that are not active failures are only counted, in
 * `counts`. Keeps the findings of one step in memory at a time.
 */
export function* stepsOf(
  { checks, findings }: Report,
  commands: AllCommands,
  counts: StepCounts,
): Generator<Step> {
  const known = new Map(checks.map((check) => [check.id, check]));
  const stepOf = (batch: readonly Finding[]) => stepFor(batch, known, commands);
  let batch: Finding[] = [];
  for (const finding of findings) {
    if (finding.verdict === 'unknown') counts.unknown += 1;
    if (finding.verdict !== 'fail') continue;
    if (finding.suppression !== null) {
      counts.aside += 1;
      continue;
    }
    counts.fixed += 1;
    const [first] = batch;
    if (first !== undefined && !together(first, finding)) {
      yield stepOf(batch);
      batch = [];
    }
    batch.push(finding);
  }
  if (batch.length > 0) yield stepOf(batch);
}

function together(a: Finding, b: Finding): boolean {
  return a.check === b.check && a.severity === b.severity && a.provider === b.provider;
}

function stepFor(
  batch: readonly Finding[],
  known: ReadonlyMap<string, CheckSummary>,
  commands: AllCommands,
): Step {
  const { check = '', severity = 'low', provider = '' } = batch[0] ?? {};
  const about = known.get(check);
  const fix = about?.fix[provider] ?? {};
  return { check, severity, provider, about, fix, tasks: tasksOf(batch, fix, commands) };
}

/** A command for the whole registry fixes the findings of all its repositories. */
function tasksOf(batch: readonly Finding[], { command }: Fix, commands: AllCommands): Task[] {
  const tasks = new Map<string, Task>();
  for (const finding of batch) {
    const { registry } = finding;
    const place = placeOf(finding, commands);
    const filled =
      command === undefined || place.unfit !== null
        ? null
        : fill(command, place.values, place.variables);
    const key = JSON.stringify([registry, filled]);
    const task = tasks.get(key) ?? { registry, place, command: filled, findings: [] };
    tasks.set(key, task);
    task.findings.push(finding);
  }
  return [...tasks.values()];
}

/** The place where a fix is applied. */
export function placeOf(
  { provider, registry, repository }: Finding,
  commands: AllCommands,
): CommandPlace {
  const own = Object.hasOwn(commands, provider) ? commands[provider] : undefined;
  const values = { repository: repository ?? undefined };
  return own?.place(registry, repository) ?? { values, before: [], unfit: null };
}
