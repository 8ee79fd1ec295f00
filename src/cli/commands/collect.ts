import { checks } from '../../../checks/index.ts';
import { type OutputFile, outputFile } from '../../files/output-file.ts';
import type { Pseudonyms } from '../../findings/pseudonyms.ts';
import type { AnyFact } from '../../model/fact.ts';
import type { SnapshotLine } from '../../model/snapshot.ts';
import { UsageError } from '../../model/usage-error.ts';
import { providers } from '../../providers/index.ts';
import { snapshotLines } from '../../snapshot/writer.ts';
import type { CommandContext } from '../command-context.ts';
import { exit } from '../exit.ts';
import { faultsTold } from '../faults.ts';
import { type Ending, interruption } from '../interruption.ts';
import { liveRegistries } from '../live-registries.ts';
import { progress, watched } from '../progress.ts';
import { redactionOf } from '../redact.ts';
import { settingsOf } from '../settings.ts';
import { entriesFor } from '../targets.ts';

/** `regaudit collect`: writes facts to a snapshot for a later scan. Returns the exit code. */
export async function collect(
  context: CommandContext,
  targets: readonly string[],
): Promise<number> {
  const { log } = context;
  const settings = await settingsOf(context, { checks, providers });
  const entries = entriesFor(targets, settings.entries);
  const output = await outputOf(context, settings.reads);
  const run = interruption(context, settings.timeout);
  const faults = faultsTold(log, context.flags.on('debug'));
  const counts = { registries: 0, repositories: 0, unread: 0, unknown: 0 };
  const shown = progress(log, context.live, context.stderr.columns || 80);
  const readings = liveRegistries({
    ...context,
    named: targets,
    providers,
    settings: { ...settings, entries },
    signal: run.signal,
    progress: shown,
    faults,
  });
  const see = (reading: SnapshotLine) => {
    shown.read(reading);
    count(reading, counts);
  };
  const filtered = settings.include.length > 0 || settings.exclude.length > 0;
  const origin = { tool: context.tool, startedAt: context.now().toISOString(), filtered };
  try {
    const names = redactionOf(context);
    const lines = watched(readings, see);
    await output.write(snapshotLines(names === null ? lines : renamed(lines, names), origin));
  } finally {
    shown.end();
    output.discard();
  }
  run.finish();
  const { exitCode, reason } = outcome(counts, run.ending(), faults.any());
  log.say(
    `registries ${counts.registries}, repositories ${counts.repositories}; exit code ${exitCode}: ${reason}`,
  );
  return exitCode;
}

async function* renamed(lines: AsyncIterable<SnapshotLine>, names: Pseudonyms) {
  for await (const line of lines) yield names.line(line);
}

async function outputOf(
  context: CommandContext,
  reads: readonly string[],
): Promise<Pick<OutputFile, 'write' | 'discard'>> {
  const file = context.flags.text('output');
  if (file === '-') return { write: context.print, discard: () => undefined };
  if (file !== undefined) return outputFile(context, file, reads);
  throw new UsageError('collect needs a file to write to', '-o FILE, or -o - for standard output');
}

interface Counts {
  registries: number;
  repositories: number;
  /** Registries that were not reached, or whose repository list is unknown. */
  unread: number;
  /** Unknown facts. */
  unknown: number;
}

function count(reading: SnapshotLine, counts: Counts): void {
  switch (reading.kind) {
    case 'registry':
      counts.registries += 1;
      if (reading.unreachable !== null) counts.unread += 1;
      counts.unknown += unknowns(reading.facts);
      break;
    case 'repository':
      counts.repositories += 1;
      counts.unknown += unknowns(reading.facts);
      break;
    case 'end':
      if (reading.listing.state === 'unknown') counts.unread += 1;
  }
}

function unknowns(facts: Readonly<Record<string, AnyFact>>): number {
  return Object.values(facts).filter(({ state }) => state === 'unknown').length;
}

/** Exit code as for a scan; no check is evaluated yet. */
function outcome(
  counts: Counts,
  ending: Ending,
  faulty: boolean,
): { exitCode: number; reason: string } {
  if (ending === 'SIGINT')
    return { exitCode: 130, reason: 'interrupted; results so far are written' };
  if (ending === 'SIGTERM')
    return { exitCode: 143, reason: 'terminated; results so far are written' };
  if (faulty)
    return { exitCode: exit.bug, reason: 'a fault in regaudit; results so far are written' };
  const incomplete = (reason: string) => ({ exitCode: exit.incomplete, reason });
  if (ending === 'timeout')
    return incomplete('the time limit was reached before everything was read');
  if (counts.unread > 0)
    return incomplete('a registry or its list of repositories could not be read');
  if (counts.unknown > 0) return incomplete(`${counts.unknown} facts are unknown`);
  if (counts.registries === 0) return { exitCode: exit.nothing, reason: 'there was no registry' };
  return { exitCode: exit.ok, reason: 'everything was read' };
}
