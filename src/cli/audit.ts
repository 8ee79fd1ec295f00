import { hash } from 'node:crypto';
import { join, parse } from 'node:path';
import controls from '../../checks/controls.json' with { type: 'json' };
import { judge } from '../engine/scan.ts';
import { type VerdictWord, verdicts } from '../model/finding.ts';
import type { Reading } from '../model/snapshot.ts';
import type { Tally } from '../model/tally.ts';
import { type Decision, decide } from '../policy/decide.ts';
import type { Reporter, ReporterOptions } from '../reporters/reporter.ts';
import { type Format, needs, reporters } from '../reporters/reporters.ts';
import { sarifParts } from '../reporters/sarif-run.ts';
import { wantsColor } from './color.ts';
import { type Faults, faultsTold } from './faults.ts';
import { type FindingSpool, findingSpool } from './finding-spool.ts';
import { frameworkNamed } from './frameworks.ts';
import { type Interruption, interruption } from './interruption.ts';
import { fixesFor } from './known-fixes.ts';
import type { Notes } from './notes.ts';
import { outputFile } from './output-file.ts';
import { type Progress, progress, watched } from './progress.ts';
import { reportOf, type TopicControl } from './report.ts';
import { prepare } from './report-outputs.ts';
import { type ScanPolicy, scanPolicy } from './scan-policy.ts';
import { reportsOf, type Settings } from './settings.ts';
import type { Shell } from './shell.ts';

/** Where an audit's readings come from. */
export interface Origin {
  readonly readings: (run: Run) => AsyncIterable<Reading>;
  /** Whether calls are made for them. */
  readonly live: boolean;
  /** The files that they come from; `-`: standard input. */
  readonly reads: readonly string[];
}

interface Run {
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly faults: Faults;
}

export interface Outcome extends Decision {
  /** Whether a table on standard output has said so already. */
  readonly told: boolean;
}

/**
 * Judges what comes, writes the reports that the flags ask for, and says what to exit with. In: a
 * `reporter` to write with instead of that of the format.
 */
export async function audit(
  shell: Shell,
  settings: Settings,
  origin: Origin,
  reporter?: Reporter,
): Promise<Outcome> {
  const { flags, notes, now } = shell;
  const formats = Object.keys(reporters) as Format[];
  const requests = reportsOf(flags, formats, 'table', settings.reports);
  const compliance = flags.text('compliance');
  const framework = compliance === undefined ? {} : { framework: frameworkNamed(compliance) };
  if (compliance !== undefined && !requests.some(({ format }) => grouped.has(format)))
    notes.say('warning: --compliance changes the table and Markdown alone');
  const reads = [...settings.reads, ...origin.reads];
  const baseline = flags.text('baseline');
  const inputs = baseline === undefined ? reads : [...reads, baseline];
  const outputs = await prepare(shell, requests, inputs);
  const discard = () => {
    for (const output of outputs) output.discard();
  };
  const { policy, ...files } = await scanPolicy(
    shell,
    settings,
    { outputs, reads },
    fingerprint,
  ).catch((error: unknown) => {
    discard();
    throw error;
  });
  const all = requests.some(({ format }) => ['all', 'verdicts'].includes(needs[format]));
  const marked = requests.some(({ format }) => needs[format] !== 'gist');
  const spool = findingSpool({
    wants: new Set(all ? verdicts : notable),
    values: requests.some(({ format }) => needs[format] === 'all'),
    fingerprint: marked ? fingerprint : null,
    scratch: shell,
  });
  try {
    const run = interruption(shell, settings.timeout);
    const faults = faultsTold(notes, flags.on('debug'));
    const startedAt = now();
    notes.detail('reading', 2);
    const tally = await judged(shell, settings, origin, run, { faults, sink: spool, policy });
    run.finish();
    tellUnreached(tally, notes);
    const { failOn, strict } = settings;
    const [interrupted, faulty] = [run.ending(), faults.any()];
    const notices = await files.close(tally, interrupted === null && !faulty);
    const decision = lenient(shell, decide(tally, { failOn, strict, interrupted, faulty }));
    const report = reportOf({
      tool: shell.tool,
      tally,
      checks: settings.checks,
      controls: controls as readonly TopicControl[],
      fixes: await fixesFor(tally.registries),
      findings: spool.findings,
      decision,
      failOn,
      policy: { profile: settings.profile, notices },
      interrupted: interrupted !== null,
      live: origin.live,
      startedAt,
      finishedAt: now(),
    });
    for (const { format, file, write } of outputs) {
      const options = { ...reporterOptions(shell, file !== null), ...framework };
      const [first = report, ...rest] =
        format === 'sarif' && file !== null ? sarifParts(report) : [report];
      await write((reporter ?? reporters[format])(first, options));
      if (file === null) continue;
      notes.detail(`the ${format} report is in ${file}`);
      for (const [index, part] of rest.entries()) {
        const next = numbered(file, index + 2);
        await (await outputFile(shell, next, inputs)).write(reporters[format](part, options));
        notes.say(`GitHub takes 20 registries in a SARIF file: further ones are in ${next}`);
      }
    }
    const told = outputs.some(({ format, file }) => format === 'table' && file === null);
    return { ...decision, told };
  } finally {
    discard();
    files.discard();
    spool.remove();
  }
}

/** `out.sarif` becomes `out.2.sarif`. */
function numbered(file: string, number: number): string {
  const { dir, name, ext } = parse(file);
  return join(dir, `${name}.${number}${ext}`);
}

/** The formats that `--compliance` groups by control; JSON has the controls of every check anyway. */
const grouped: ReadonlySet<Format> = new Set(['table', 'markdown']);

const notable: readonly VerdictWord[] = ['fail', 'unknown'];

interface Judging extends Pick<ScanPolicy, 'policy'> {
  readonly faults: Faults;
  readonly sink: FindingSpool;
}

async function judged(
  { notes, live, flags, stderr }: Shell,
  { checks, expected }: Settings,
  origin: Origin,
  { signal }: Interruption,
  { faults, sink, policy }: Judging,
): Promise<Tally> {
  const shown = progress(notes, live, stderr.columns || 80);
  const crashed = new Set<string>();
  const onCrash = (check: string, error: unknown) => {
    if (!crashed.has(check)) {
      const own = check.includes('/') ? '' : ', please report it';
      notes.error(`a fault in the check ${check}${own}; where it happened is not judged`);
      if (flags.on('debug'))
        notes.error(error instanceof Error ? (error.stack ?? '') : String(error));
    }
    crashed.add(check);
  };
  try {
    const readings = watched(origin.readings({ signal, progress: shown, faults }), shown.read);
    const ruled = policy === undefined ? {} : { policy };
    return await judge(readings, { checks, expected, sink, onCrash, ...ruled });
  } finally {
    shown.end();
  }
}

/** The stable mark of a finding: hexadecimal digits. */
export function fingerprint(text: string): string {
  return hash('sha256', text);
}

/** One line for each registry that could not be read at all, whatever format the report has. */
function tellUnreached({ registries }: Tally, notes: Notes): void {
  // Which of them ended first differs from run to run.
  for (const { id, reachable, listing } of registries.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    if (reachable || listing.state !== 'unknown') continue;
    const { detail, operation } = listing.from;
    notes.error(`error: ${id} could not be read: ${detail ?? `${operation} ${listing.why}`}`);
  }
}

/** `--exit-zero`: the code becomes 0, and the reason says which it was. Not for an interruption. */
function lenient({ flags }: Shell, decision: Decision): Decision {
  const { exitCode, reason } = decision;
  if (!flags.on('exitZero') || ![1, 3, 4].includes(exitCode)) return decision;
  return {
    ...decision,
    exitCode: 0,
    reason: `${reason}; exit code ${exitCode} without --exit-zero`,
  };
}

/** What the flags, the environment and the terminal ask of a reporter. */
export function reporterOptions(
  { flags, environment, verbose, stdout }: Shell,
  toFile: boolean,
): ReporterOptions {
  const when = flags.off('color')
    ? 'never'
    : (flags.choice('color', ['auto', 'always', 'never']) ?? 'auto');
  const terminal = !toFile && stdout.isTTY === true;
  return {
    color: wantsColor(when, toFile ? {} : environment, terminal),
    // A terminal may say that it has no columns.
    width: (terminal && stdout.columns) || 80,
    verbose,
    suppressed: flags.on('sarifIncludeSuppressed'),
    unicode: knowsUnicode(environment),
  };
}

/** A locale that says otherwise is believed; most containers have none and show UTF-8. */
function knowsUnicode(environment: Shell['environment']): boolean {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'];
  return !locale || /utf-?8/i.test(locale);
}
