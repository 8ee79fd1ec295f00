import { checks } from '../../../checks/index.ts';
import { type OutputFile, outputFile } from '../../files/output-file.ts';
import type { Pseudonyms } from '../../findings/pseudonyms.ts';
import type { SnapshotLine } from '../../model/snapshot.ts';
import { UsageError } from '../../model/usage-error.ts';
import { providers } from '../../providers/index.ts';
import { snapshotLines } from '../../snapshot/writer.ts';
import { count, noCounts, outcome } from '../collected.ts';
import type { CommandContext } from '../command-context.ts';
import { faultsTold } from '../faults.ts';
import { interruption } from '../interruption.ts';
import { liveRegistries } from '../live-registries.ts';
import { progress, watched } from '../progress.ts';
import { redactionOf } from '../redact.ts';
import { settingsOf } from '../settings.ts';
import { entriesFor } from '../targets.ts';

/** `regaudit collect`: writes facts to a snapshot for a later scan, or one shard of a plan. Returns the exit code. */
export async function collect(
  context: CommandContext,
  targets: readonly string[],
): Promise<number> {
  const { log, flags } = context;
  const plan = flags.text('plan');
  if (plan !== undefined) {
    const { collectShard } = await import('../collect-shard.ts');
    return collectShard(context, plan, targets);
  }
  for (const name of ['shard', 'resume', 'resumeMaxAge']) {
    if (flags.on(name) || flags.text(name) !== undefined)
      throw new UsageError(
        `${flags.nameOf(name)} needs --plan`,
        'regaudit plan -o plan.json makes one',
      );
  }
  const settings = await settingsOf(context, { checks, providers });
  const entries = entriesFor(targets, settings.entries);
  const output = await outputOf(context, settings.reads);
  const run = interruption(context, settings.timeout);
  const faults = faultsTold(log, context.flags.on('debug'));
  const counts = noCounts();
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
