import { hash } from 'node:crypto';
import { join, parse } from 'node:path';
import controls from '../../checks/controls.json' with { type: 'json' };
import { judge } from '../engine/scan.ts';
import { outputFile } from '../files/output-file.ts';
import { type FindingStore, findingStore } from '../findings/finding-store.ts';
import type { Pseudonyms } from '../findings/pseudonyms.ts';
import { type VerdictWord, verdicts } from '../model/finding.ts';
import type { ScanSummary } from '../model/scan-summary.ts';
import type { SnapshotLine } from '../model/snapshot.ts';
import { type Decision, decide } from '../policy/decide.ts';
import type { Reporter, ReporterOptions } from '../reporters/reporter.ts';
import { type Format, needs, reporters } from '../reporters/reporters.ts';
import { sarifParts } from '../reporters/sarif/run.ts';
import { wantsColor } from './color.ts';
import type { CommandContext } from './command-context.ts';
import { type Faults, faultsTold } from './faults.ts';
import { frameworkNamed } from './frameworks.ts';
import { type Interruption, interruption } from './interruption.ts';
import { fixesFor } from './known-fixes.ts';
import type { Log } from './log.ts';
import { type Progress, progress, watched } from './progress.ts';
import { redactionOf } from './redact.ts';
import { reportOf, type TopicControl } from './report.ts';
import { prepare } from './report-outputs.ts';
import { type ScanPolicy, scanPolicy } from './scan-policy.ts';
import { reportsOf, type Settings } from './settings.ts';
import { yielding } from './yielding.ts';

/** Where the facts come from: live registries or snapshots. */
export interface Origin {
  readonly readings: (run: Run) => AsyncIterable<SnapshotLine>;
  /** Whether API calls are made. */
  readonly live: boolean;
  /** The files read; `-`: standard input. */
  readonly reads: readonly string[];
}

interface Run {
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly faults: Faults;
}

export interface Outcome extends Decision {
  /** Whether a table on standard output already shows the reason of the exit code. */
  readonly told: boolean;
}

/**
 * Evaluates the checks, writes the requested reports and decides the exit code. `reporter` replaces the
 * reporter of the format.
 */
export async function audit(
  context: CommandContext,
  settings: Settings,
  origin: Origin,
  reporter?: Reporter,
): Promise<Outcome> {
  const { flags, log, now } = context;
  const formats = Object.keys(reporters) as Format[];
  const requests = reportsOf(flags, formats, 'table', settings.reports);
  const compliance = flags.text('compliance');
  const framework = compliance === undefined ? {} : { framework: frameworkNamed(compliance) };
  if (compliance !== undefined && !requests.some(({ format }) => grouped.has(format)))
    log.say('warning: --compliance changes the table and Markdown alone');
  const reads = [...settings.reads, ...origin.reads];
  const baseline = flags.text('baseline');
  const inputs = baseline === undefined ? reads : [...reads, baseline];
  const outputs = await prepare(context, requests, inputs);
  const discard = () => {
    for (const output of outputs) output.discard();
  };
  const { policy, ...files } = await scanPolicy(
    context,
    settings,
    { outputs, reads },
    fingerprint,
  ).catch((error: unknown) => {
    discard();
    throw error;
  });
  const all = requests.some(({ format }) => ['all', 'verdicts'].includes(needs[format]));
  const marked = requests.some(({ format }) => needs[format] !== 'summary');
  const names = redactionOf(context);
  const store = findingStore({
    wants: new Set(all ? verdicts : notable),
    values: requests.some(({ format }) => needs[format] === 'all'),
    fingerprint: marked ? fingerprint : null,
    scratch: context,
  });
  try {
    const run = interruption(context, settings.timeout);
    const faults = faultsTold(log, flags.on('debug'));
    const startedAt = now();
    log.detail('reading', 2);
    const summary = await judged(context, settings, origin, run, {
      faults,
      sink: store,
      policy,
      names,
    });
    run.finish();
    tellUnreached(summary, log);
    const { failOn, strict } = settings;
    const [interrupted, faulty] = [run.ending(), faults.any()];
    const notices = await files.close(summary, interrupted === null && !faulty);
    const decision = lenient(context, decide(summary, { failOn, strict, interrupted, faulty }));
    const whole = reportOf({
      tool: context.tool,
      summary,
      checks: settings.checks,
      controls: controls as readonly TopicControl[],
      fixes: await fixesFor(summary.registries),
      findings: store.findings,
      decision,
      failOn,
      policy: { profile: settings.profile, notices },
      interrupted: interrupted !== null,
      live: origin.live,
      startedAt,
      finishedAt: now(),
    });
    const report = names?.report(whole) ?? whole;
    for (const { format, file, write } of outputs) {
      const options = { ...reporterOptions(context, file !== null), ...framework };
      const [first = report, ...rest] =
        format === 'sarif' && file !== null ? sarifParts(report) : [report];
      await write((reporter ?? reporters[format])(first, options));
      if (file === null) continue;
      log.detail(`the ${format} report is in ${file}`);
      for (const [index, part] of rest.entries()) {
        const next = numbered(file, index + 2);
        await (await outputFile(context, next, inputs)).write(reporters[format](part, options));
        log.say(`GitHub takes 20 registries in a SARIF file: further ones are in ${next}`);
      }
    }
    const told = outputs.some(({ format, file }) => format === 'table' && file === null);
    return { ...decision, told };
  } finally {
    discard();
    files.discard();
    store.remove();
  }
}

/** `out.sarif` becomes `out.2.sarif`. */
function numbered(file: string, number: number): string {
  const { dir, name, ext } = parse(file);
  return join(dir, `${name}.${number}${ext}`);
}

/** The formats that `--compliance` groups by control. JSON always lists the controls of every check. */
const grouped: ReadonlySet<Format> = new Set(['table', 'markdown']);

const notable: readonly VerdictWord[] = ['fail', 'unknown'];

interface Judging extends Pick<ScanPolicy, 'policy'> {
  readonly names: Pseudonyms | null;
  readonly faults: Faults;
  readonly sink: FindingStore;
}

async function judged(
  { log, live, flags, stderr }: CommandContext,
  { checks, expected }: Settings,
  origin: Origin,
  { signal }: Interruption,
  { faults, sink, policy, names }: Judging,
): Promise<ScanSummary> {
  const shown = progress(log, live, stderr.columns || 80);
  const crashed = new Set<string>();
  const onCrash = (check: string, error: unknown) => {
    if (!crashed.has(check)) {
      const own = check.includes('/') ? '' : ', please report it';
      log.error(`a fault in the check ${check}${own}; where it happened is not judged`);
      if (flags.on('debug'))
        log.error(error instanceof Error ? (error.stack ?? '') : String(error));
    }
    crashed.add(check);
  };
  try {
    const see = (line: SnapshotLine) => {
      shown.read(line);
      names?.line(line);
    };
    const readings = watched(origin.readings({ signal, progress: shown, faults }), see);
    const ruled = policy === undefined ? {} : { policy };
    return await judge(yielding(readings, signal), { checks, expected, sink, onCrash, ...ruled });
  } finally {
    shown.end();
  }
}

/** The stable fingerprint of a finding, in hexadecimal. */
export function fingerprint(text: string): string {
  return hash('sha256', text);
}

/** Prints one line for each registry that was not reached, whatever the report format. */
function tellUnreached({ registries }: ScanSummary, log: Log): void {
  // Registries end in a different order from run to run.
  for (const { id, reachable, listing } of registries.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    if (reachable || listing.state !== 'unknown') continue;
    const { detail, operation, cure } = listing.from;
    const helps = cure === undefined ? '' : `; ${cure}`;
    log.error(`error: ${id} could not be read: ${detail ?? `${operation} ${listing.why}`}${helps}`);
  }
}

/** `--exit-zero`: exits with 0 and names the original code in the reason. An interruption keeps its code. */
function lenient({ flags }: CommandContext, decision: Decision): Decision {
  const { exitCode, reason } = decision;
  if (!flags.on('exitZero') || ![1, 3, 4].includes(exitCode)) return decision;
  return {
    ...decision,
    exitCode: 0,
    reason: `${reason}; exit code ${exitCode} without --exit-zero`,
  };
}

/** Reporter options from flags, environment and terminal. */
export function reporterOptions(
  { flags, environment, verbose, stdout }: CommandContext,
  toFile: boolean,
): ReporterOptions {
  const when = flags.off('color')
    ? 'never'
    : (flags.choice('color', ['auto', 'always', 'never']) ?? 'auto');
  const terminal = !toFile && stdout.isTTY === true;
  return {
    color: wantsColor(when, toFile ? {} : environment, terminal),
    // Some terminals report 0 columns.
    width: (terminal && stdout.columns) || 80,
    verbose,
    suppressed: flags.on('sarifIncludeSuppressed'),
    unicode: knowsUnicode(environment),
  };
}

/** A locale without UTF-8 disables Unicode. Most containers set no locale and display UTF-8. */
function knowsUnicode(environment: CommandContext['environment']): boolean {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'];
  return !locale || /utf-?8/i.test(locale);
}
