import { audit } from '../audit/audit.ts';
import { fingerprint } from '../audit/fingerprint.ts';
import { findingStore } from '../findings/finding-store.ts';
import type { Pseudonyms } from '../findings/pseudonyms.ts';
import { type VerdictWord, verdicts } from '../model/finding.ts';
import type { ScanSummary } from '../model/scan-summary.ts';
import type { SnapshotLine } from '../model/snapshot.ts';
import type { Decision } from '../policy/decide.ts';
import { ownerBy } from '../policy/owners.ts';
import { placeOf } from '../providers/places.ts';
import type { Reporter } from '../reporters/reporter.ts';
import { type Format, needs, reporters } from '../reporters/reporters.ts';
import { safeText } from '../reporters/safe-text.ts';
import type { CommandContext } from './command-context.ts';
import { type Faults, faultsTold } from './faults.ts';
import { frameworkNamed } from './frameworks.ts';
import { interruption } from './interruption.ts';
import { fixesFor } from './known-fixes.ts';
import type { Log } from './log.ts';
import { onlyVerdicts } from './only.ts';
import { type Progress, progress, watched } from './progress.ts';
import { redactionOf } from './redact.ts';
import { prepare } from './report-outputs.ts';
import { scanPolicy } from './scan-policy.ts';
import { reportsOf, type Settings } from './settings.ts';
import { trendSince } from './trend.ts';
import { unknownOwners } from './unknown-owners.ts';
import { writeReports } from './write-reports.ts';
import { yielding } from './yielding.ts';

/** Where the facts come from: live registries or snapshots. */
export interface Origin {
  readonly lines: (run: Run) => AsyncIterable<SnapshotLine>;
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

export interface AuditAndReportOptions {
  /** Replaces the reporter of the format. */
  readonly reporter?: Reporter;
  /** Exit with 0 whatever was found, as with `--exit-zero`; says under which condition the code would stand. */
  readonly exitZero?: string;
}

export interface Outcome extends Decision {
  /** Whether a table on standard output already shows the reason of the exit code. */
  readonly printed: boolean;
}

/**
 * Runs the audit of a command: opens the output files, audits the lines, writes the reports and returns the
 * exit code.
 */
export async function auditAndReport(
  context: CommandContext,
  settings: Settings,
  origin: Origin,
  { reporter, exitZero }: AuditAndReportOptions = {},
): Promise<Outcome> {
  const { flags, log, now } = context;
  const requests = reportsOf(flags, Object.keys(reporters) as Format[], 'table', settings.reports);
  const framework = frameworkOption(context, requests);
  const only = onlyVerdicts(flags, requests);
  const earlier = flags.text('compareWith');
  const reads = [...settings.reads, ...origin.reads, ...(earlier === undefined ? [] : [earlier])];
  const baseline = flags.text('baseline');
  const inputs = baseline === undefined ? reads : [...reads, baseline];
  const outputs = await prepare(context, requests, inputs);
  const discard = () => {
    for (const output of outputs) output.discard();
  };
  const rules = await scanPolicy(context, settings, { outputs, reads }, fingerprint).catch(
    (error: unknown) => {
      discard();
      throw error;
    },
  );
  const since = await trendSince(context, settings, requests).catch((error: unknown) => {
    discard();
    rules.discard();
    throw error;
  });
  const names = redactionOf(context);
  const store = findingStore({ ...wantedBy(requests, only, since !== null), scratch: context });
  const run = interruption(context, settings.timeout);
  const faults = faultsTold(log, flags.on('debug'));
  const owners = unknownOwners(log);
  const startedAt = now();
  const shown = progress(log, context.live, context.stderr.columns || 80);
  try {
    log.detail('reading', 2);
    const { decision, report } = await audit(
      observed(origin.lines({ signal: run.signal, progress: shown, faults }), {
        signal: run.signal,
        shown,
        names,
      }),
      {
        ...settings,
        tool: context.tool,
        exitZero: exitZero ?? (flags.on('exitZero') ? 'without --exit-zero' : null),
        policy: rules.policy,
        owner: ownerBy(settings, owners.unknown),
        store,
        fixes: fixesFor,
        place: placeOf,
        live: origin.live,
        onCrash: crashLog(log, flags.on('debug')),
        async end(summary) {
          run.finish();
          shown.end();
          logUnreached(summary, log);
          owners.log();
          const [interrupted, faulty] = [run.ending(), faults.any()];
          const notices = await rules.close(summary, interrupted === null && !faulty);
          return { interrupted, faulty, notices, startedAt, finishedAt: now() };
        },
      },
    );
    const part = only === null ? report : { ...report, only };
    await writeReports(context, names?.report(part) ?? part, {
      outputs,
      inputs,
      options: { ...framework, ...(since === null ? {} : { trend: since(report) }) },
      reporter,
    });
    const printed = outputs.some(({ format, file }) => format === 'table' && file === null);
    return { ...decision, printed };
  } finally {
    shown.end();
    discard();
    rules.discard();
    store.remove();
  }
}

/** The option of `--compliance`, which warns when no requested format groups by control. */
function frameworkOption({ flags, log }: CommandContext, requests: readonly { format: Format }[]) {
  const compliance = flags.text('compliance');
  if (compliance === undefined) return {};
  if (!requests.some(({ format }) => grouped.has(format)))
    log.say('warning: --compliance changes only the table and Markdown');
  return { framework: frameworkNamed(compliance) };
}

/** The formats that `--compliance` groups by control. JSON always lists the controls of every check. */
const grouped: ReadonlySet<Format> = new Set(['table', 'markdown']);

const notable: readonly VerdictWord[] = ['fail', 'unknown'];

/** What the requested formats print of the findings; the rest is not stored. */
function wantedBy(
  requests: readonly { format: Format }[],
  only: readonly VerdictWord[] | null,
  compared: boolean,
) {
  const some = (...levels: (typeof needs)[Format][]) =>
    requests.some(({ format }) => levels.includes(needs[format]));
  return {
    wants: new Set(
      (some('all', 'verdicts') || compared ? verdicts : notable).filter(
        (verdict) => only?.includes(verdict) ?? true,
      ),
    ),
    values: some('all'),
    fingerprint: requests.some(({ format }) => needs[format] !== 'summary') ? fingerprint : null,
  };
}

interface Observers {
  readonly signal: AbortSignal;
  readonly shown: Progress & { readonly read: (line: SnapshotLine) => void };
  readonly names: Pseudonyms | null;
}

/** The same lines; progress and pseudonyms see each, and timers and signals get their turn between two. */
function observed(
  lines: AsyncIterable<SnapshotLine>,
  { signal, shown, names }: Observers,
): AsyncIterable<SnapshotLine> {
  const see = (line: SnapshotLine) => {
    shown.read(line);
    names?.line(line);
  };
  return yielding(watched(lines, see), signal);
}

/** Prints each check that threw, once; with `debug`, every stack. */
function crashLog(log: Log, debug: boolean): (check: string, error: unknown) => void {
  const crashed = new Set<string>();
  return (check, error) => {
    if (!crashed.has(check)) {
      const own = check.includes('/') ? '' : ', please report it';
      log.error(`a fault in the check ${check}${own}; affected findings are unknown`);
      if (debug) log.error(error instanceof Error ? (error.stack ?? '') : String(error));
    }
    crashed.add(check);
  };
}

const mostBeforeCure = 120;

/** Registries of one cause are named one by one up to so many. */
const mostNamed = 3;

/** Prints a line for each registry that was not reached, or for many of one cause, whatever the report format. */
function logUnreached({ registries }: ScanSummary, log: Log): void {
  const causes = new Map<string, { why: string; said: string | null; ids: string[] }>();
  // Registries end in a different order from run to run.
  for (const { id, reachable, listing } of registries.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    if (reachable || listing.state !== 'unknown') continue;
    const { detail, operation, cure } = listing.from;
    const said = detail ?? `${operation} ${listing.why}`;
    // What the SDK says of each of its ways to sign in is long, and the cure says what to do.
    const why = cure === undefined ? said : `${safeText(said, mostBeforeCure)}; ${cure}`;
    // The message of a refusal names the account; the cure is the same for all.
    const key = cure === undefined ? said : `${operation} ${cure}`;
    const cause = causes.get(key) ?? {
      why,
      said: cure !== undefined && said.length > mostBeforeCure ? said : null,
      ids: [],
    };
    causes.set(key, cause);
    cause.ids.push(id);
  }
  for (const { why, said, ids } of causes.values()) {
    if (ids.length <= mostNamed) {
      for (const id of ids) log.error(`error: ${id} could not be read: ${why}`);
    } else {
      const named = ids.slice(0, mostNamed).join(', ');
      const more = ids.length - mostNamed;
      log.error(
        `error: ${ids.length} registries could not be read: ${why} (${named} and ${more} more)`,
      );
    }
    if (said !== null) log.detail(said);
  }
}
