import { relative, resolve } from 'node:path';
import { checks as catalogue } from '../../checks/index.ts';
import { isSameFile } from '../files/inputs.ts';
import { type OutputFile, outputFile } from '../files/output-file.ts';
import type { BaselineEntry } from '../model/baseline.ts';
import type { PlacedException } from '../model/exception.ts';
import type { PolicyNotice } from '../model/report.ts';
import type { ScanSummary } from '../model/scan-summary.ts';
import { UsageError } from '../model/usage-error.ts';
import { exceptional } from '../policy/check-rules.ts';
import { type Closing, type OpenPolicy, openPolicy } from '../policy/policy.ts';
import type { CommandContext } from './command-context.ts';
import { wantedBy } from './live-registries.ts';
import type { Log } from './log.ts';
import type { ReportOutput } from './report-outputs.ts';
import { runsElsewhere } from './select-checks.ts';
import type { Settings } from './settings.ts';

/** The policy of a scan and its baseline files. */
export interface ScanPolicy {
  /** Undefined: no waiver, baseline or acceptance exists. */
  readonly policy: OpenPolicy | undefined;
  /**
   * Once the scan is over; tells what is to be known of the policy, and writes a new baseline if it came to
   * its end.
   */
  readonly close: (summary: ScanSummary, toItsEnd: boolean) => Promise<readonly PolicyNotice[]>;
  /** Discards a baseline that was not written. */
  readonly discard: () => void;
}

export interface PolicyFiles {
  /** The report outputs. */
  readonly outputs: readonly Pick<ReportOutput, 'target'>[];
  /** Input files besides the baseline. */
  readonly reads: readonly string[];
}

/** Reads the baseline and prepares the file of a new one, which may replace it. */
export async function scanPolicy(
  context: CommandContext,
  settings: Settings,
  { outputs, reads }: PolicyFiles,
  hash: (text: string) => string,
): Promise<ScanPolicy> {
  const { flags, log, verbose, cwd, now } = context;
  const [old, file] = [flags.text('baseline'), flags.text('writeBaseline')];
  const baseline = await baselineOf(old, context);
  const output = file === undefined ? undefined : await outputFile(context, file, reads);
  if (output !== undefined && outputs.some(({ target }) => target === output.target)) {
    output.discard();
    throw new UsageError(`a report and the baseline would both go to ${file}`);
  }
  const replaces = old !== undefined && file !== undefined && (await isSameFile(old, file, cwd));
  const policy = policyOf(settings, {
    only: flags.list('check') ?? [],
    baseline,
    adopts: output !== undefined,
    hash,
    cwd,
    now: now().toISOString(),
  });
  return {
    policy,
    discard: () => output?.discard(),
    async close(summary, toItsEnd) {
      if (policy === undefined) return [];
      const closing = policy.close(coverageOf(summary, settings));
      if (file !== undefined && output !== undefined) {
        const trouble = obstacle(summary, toItsEnd, replaces);
        if (trouble === null) await write(file, output, closing, baseline, context);
        else log.error(`error: ${file} is not written, because ${trouble}`);
      }
      tell(closing.notices, log, verbose);
      return closing.notices;
    },
  };
}

interface PolicyInput {
  /** The checks named by `--check`. */
  readonly only: readonly string[];
  readonly baseline: readonly BaselineEntry[] | null;
  readonly adopts: boolean;
  readonly hash: (text: string) => string;
  readonly cwd: string;
  readonly now: string;
}

function policyOf(
  settings: Settings,
  { only, baseline, adopts, hash, cwd, now }: PolicyInput,
): OpenPolicy | undefined {
  const { checks, checkSettings, profile } = settings;
  const byId = new Map(checks.map((check) => [check.id, check]));
  const rules = exceptional(checkSettings, (id) => {
    const check = byId.get(id);
    return check !== undefined && runsElsewhere(check, { only, profile, settings: checkSettings });
  });
  // Files are named as from the working folder, so that a report is the same on every machine.
  const fromHere = (exception: PlacedException) => ({
    ...exception,
    file: relative(cwd, resolve(cwd, exception.file)),
  });
  const waivers = settings.waivers.map(fromHere);
  const acceptUnknown = settings.acceptUnknown.map(fromHere);
  const idle = rules === null && waivers.length === 0 && acceptUnknown.length === 0;
  if (idle && baseline === null && !adopts) return undefined;
  return openPolicy({
    ...{ checks, waivers, acceptUnknown, exceptional: rules, baseline, adopts, hash, now },
  });
}

async function baselineOf(
  file: string | undefined,
  { cwd, reading }: Pick<CommandContext, 'cwd' | 'reading'>,
): Promise<readonly BaselineEntry[] | null> {
  if (file === undefined) return null;
  const { readBaseline } = await import('../findings/baseline-file.ts');
  return readBaseline(file, cwd, reading);
}

function coverageOf(summary: ScanSummary, { checks, include, exclude }: Settings) {
  return {
    summary,
    checks: new Set(checks.map(({ id }) => id)),
    catalogue: new Set(catalogue.map(({ id }) => id)),
    filtered: include.length + exclude.length > 0,
    wanted: wantedBy(include, exclude),
  };
}

/** Why no new baseline is written, or null. Only a complete scan replaces the baseline in use. */
function obstacle(
  { registries }: ScanSummary,
  toItsEnd: boolean,
  replaces: boolean,
): string | null {
  if (!toItsEnd) return 'the scan did not finish';
  const whole = registries.every(
    ({ reachable, ended, listing }) => reachable && ended && listing.state !== 'unknown',
  );
  return whole || !replaces ? null : 'a registry is incomplete';
}

async function write(
  file: string,
  output: OutputFile,
  { adopted }: Closing,
  before: readonly BaselineEntry[] | null,
  { log, now }: Pick<CommandContext, 'log' | 'now'>,
): Promise<void> {
  const { baselineText } = await import('../findings/baseline-file.ts');
  await output.write(baselineText(adopted, now()));
  const count = (verdict: BaselineEntry['verdict'], one: string, many: string) => {
    const found = adopted.filter((entry) => entry.verdict === verdict).length;
    return found === 1 ? `one ${one}` : `${found} ${many}`;
  };
  const unknown = adopted.some(({ verdict }) => verdict === 'unknown')
    ? ` and ${count('unknown', 'inconclusive unknown', 'inconclusive unknowns')}`
    : '';
  const changed =
    before === null
      ? ''
      : `: ${without(adopted, before).length} added, ${without(before, adopted).length} dropped`;
  log.say(`${file} holds ${count('fail', 'failure', 'failures')}${unknown}${changed}`);
}

/** Entries that the other list does not contain, evidence included. */
function without(some: readonly BaselineEntry[], others: readonly BaselineEntry[]) {
  const key = ({ registry, repository, check, verdict, evidence }: BaselineEntry) =>
    JSON.stringify([registry, repository, check, verdict, evidence]);
  const known = new Set(others.map(key));
  return some.filter((entry) => !known.has(key(entry)));
}

const mostTold = 20;

function tell(notices: readonly PolicyNotice[], log: Log, verbose: number): void {
  const shown = verbose > 0 ? notices : notices.slice(0, mostTold);
  for (const { where, message } of shown) {
    log.say(`policy: ${where === null ? '' : `${where}: `}${message}`);
  }
  if (shown.length < notices.length) {
    log.say(`policy: and ${notices.length - shown.length} more (-v lists all)`);
  }
}
