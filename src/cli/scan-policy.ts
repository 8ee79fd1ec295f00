import { relative } from 'node:path';
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
  /**
   * Once the scan is over; tells what is to be known of the policy, and writes a new baseline if it came to
   * its end.
   */
  readonly close: (tally: Tally, toItsEnd: boolean) => Promise<readonly PolicyNotice[]>;
  /** Gives up what is not written. */
  readonly discard: () => void;
}

/** In: what is set, and where reports will go. Reads the baseline; prepares the file for a new one. */
export async function scanPolicy(
  { flags, notes, verbose }: Shell,
  settings: Settings,
  reports: readonly ReportRequest<string>[],
  hash: (text: string) => string,
): Promise<ScanPolicy> {
  const file = flags.text('writeBaseline');
  if (file !== undefined && reports.some((report) => report.file === file)) {
    throw new UsageError(`a report and the baseline would both go to ${file}`);
  }
  const baseline = await baselineOf(flags.text('baseline'));
  const output = file === undefined ? undefined : await outputFile(file);
  const policy = policyOf(
    settings,
    flags.list('check') ?? [],
    baseline,
    output !== undefined,
    hash,
  );
  return {
    policy,
    discard: () => output?.discard(),
    async close(tally, toItsEnd) {
      if (policy === undefined) return [];
      const closing = policy.close(coverageOf(tally, settings));
      if (file !== undefined) await write(file, output, closing, toItsEnd, notes);
      tell(closing.notices, notes, verbose);
      return closing.notices;
    },
  };
}

function policyOf(
  settings: Settings,
  only: readonly string[],
  baseline: readonly BaselineEntry[] | null,
  adopts: boolean,
  hash: (text: string) => string,
): OpenPolicy | undefined {
  const { checks, checkSettings, profile } = settings;
  const byId = new Map(checks.map((check) => [check.id, check]));
  const rules = exceptional(checkSettings, (id) => {
    const check = byId.get(id);
    return check !== undefined && runsElsewhere(check, { only, profile, settings: checkSettings });
  });
  const waivers = settings.waivers.map(fromHere);
  const acceptUnknown = settings.acceptUnknown.map(fromHere);
  const idle = rules === null && waivers.length === 0 && acceptUnknown.length === 0;
  if (idle && baseline === null && !adopts) return undefined;
  return openPolicy({ checks, waivers, acceptUnknown, exceptional: rules, baseline, adopts, hash });
}

/** Files are named as from the working folder, so that a report is the same on every machine. */
function fromHere(exception: PlacedException): PlacedException {
  return { ...exception, file: relative(process.cwd(), exception.file) };
}

async function baselineOf(file: string | undefined): Promise<readonly BaselineEntry[] | null> {
  if (file === undefined) return null;
  const { readBaseline } = await import('./baseline-file.ts');
  return readBaseline(file);
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
  toItsEnd: boolean,
  notes: Notes,
): Promise<void> {
  if (!toItsEnd) {
    notes.error(`error: ${file} is not written, because the scan did not come to its end`);
    return;
  }
  const { baselineText } = await import('./baseline-file.ts');
  await output?.write(baselineText(adopted, new Date()));
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
