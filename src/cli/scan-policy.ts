import { relative, resolve } from 'node:path';
import { checks as catalogue } from '../../checks/index.ts';
import type { BaselineEntry } from '../model/baseline.ts';
import type { PlacedException } from '../model/exception.ts';
import type { PolicyNotice } from '../model/report.ts';
import type { Tally } from '../model/tally.ts';
import { UsageError } from '../model/usage-error.ts';
import { exceptional } from '../policy/check-rules.ts';
import { type Closing, type OpenPolicy, openPolicy } from '../policy/policy.ts';
import { wantedBy } from './live-readings.ts';
import type { Notes } from './notes.ts';
import { type OutputFile, outputFile } from './output-file.ts';
import { runsElsewhere } from './select-checks.ts';
import type { ReportRequest, Settings } from './settings.ts';
import type { Shell } from './shell.ts';

/** The policy of a scan, and the files that go with it. */
export interface ScanPolicy {
  /** Undefined: there is nothing to label, and nothing to pay for it. */
  readonly policy: OpenPolicy | undefined;
  /** Once the scan is over; tells what is to be known of the policy, and writes a new baseline. */
  readonly close: (tally: Tally, interrupted: boolean) => Promise<readonly PolicyNotice[]>;
  /** Gives up what is not written. */
  readonly discard: () => void;
}

/** In: what is set, and where reports will go. Reads the baseline; prepares the file for a new one. */
export async function scanPolicy(
  shell: Shell,
  settings: Settings,
  reports: readonly ReportRequest<string>[],
  hash: (text: string) => string,
): Promise<ScanPolicy> {
  const { flags, notes, verbose, cwd } = shell;
  const file = flags.text('writeBaseline');
  if (file !== undefined && reports.some((report) => report.file === file)) {
    throw new UsageError(`a report and the baseline would both go to ${file}`);
  }
  const baseline = await baselineOf(flags.text('baseline'), cwd);
  const output = file === undefined ? undefined : await outputFile(shell, file);
  const policy = policyOf(settings, {
    only: flags.list('check') ?? [],
    baseline,
    adopts: output !== undefined,
    hash,
    cwd,
  });
  return {
    policy,
    discard: () => output?.discard(),
    async close(tally, interrupted) {
      if (policy === undefined) return [];
      const closing = policy.close(coverageOf(tally, settings));
      if (file !== undefined) await write(file, output, closing, interrupted, shell);
      tell(closing.notices, notes, verbose);
      return closing.notices;
    },
  };
}

interface PolicyInput {
  /** The checks that were named. */
  readonly only: readonly string[];
  readonly baseline: readonly BaselineEntry[] | null;
  readonly adopts: boolean;
  readonly hash: (text: string) => string;
  readonly cwd: string;
}

function policyOf(
  settings: Settings,
  { only, baseline, adopts, hash, cwd }: PolicyInput,
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
  return openPolicy({ checks, waivers, acceptUnknown, exceptional: rules, baseline, adopts, hash });
}

async function baselineOf(
  file: string | undefined,
  cwd: string,
): Promise<readonly BaselineEntry[] | null> {
  if (file === undefined) return null;
  const { readBaseline } = await import('./baseline-file.ts');
  return readBaseline(file, cwd);
}

function coverageOf(tally: Tally, { checks, include, exclude }: Settings) {
  return {
    tally,
    checks: new Set(checks.map(({ id }) => id)),
    catalogue: new Set(catalogue.map(({ id }) => id)),
    filtered: include.length + exclude.length > 0,
    wanted: wantedBy(include, exclude),
  };
}

async function write(
  file: string,
  output: OutputFile | undefined,
  { adopted }: Closing,
  interrupted: boolean,
  { notes, now }: Pick<Shell, 'notes' | 'now'>,
): Promise<void> {
  if (interrupted) {
    notes.error(`error: ${file} is not written, because the scan did not come to its end`);
    return;
  }
  const { baselineText } = await import('./baseline-file.ts');
  await output?.write(baselineText(adopted, now()));
  notes.say(`${file} holds ${adopted.length === 1 ? 'one failure' : `${adopted.length} failures`}`);
}

const mostTold = 20;

function tell(notices: readonly PolicyNotice[], notes: Notes, verbose: number): void {
  const shown = verbose > 0 ? notices : notices.slice(0, mostTold);
  for (const { where, message } of shown) {
    notes.say(`policy: ${where === null ? '' : `${where}: `}${message}`);
  }
  if (shown.length < notices.length) {
    notes.say(`policy: and ${notices.length - shown.length} more (-v lists all)`);
  }
}
