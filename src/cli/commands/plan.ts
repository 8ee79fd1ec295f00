import { checks } from '../../../checks/index.ts';
import { chunksOf } from '../../files/chunks.ts';
import { outputFile } from '../../files/output-file.ts';
import { shardsOf } from '../../fleet/assignment.ts';
import { type FleetPlan, planWith } from '../../fleet/plan-file.ts';
import { mostShards } from '../../fleet/shard.ts';
import { UsageError } from '../../model/usage-error.ts';
import { providers } from '../../providers/index.ts';
import { safeLine } from '../../reporters/safe-text.ts';
import type { CommandContext } from '../command-context.ts';
import { exit } from '../exit.ts';
import { faultsTold } from '../faults.ts';
import { interruption } from '../interruption.ts';
import { liveRegistries } from '../live-registries.ts';
import type { Opening } from '../open-targets.ts';
import { planLines } from '../plan-lines.ts';
import { type Listed, plannedOwners } from '../planned-owners.ts';
import { progress } from '../progress.ts';
import { selectionOf } from '../selection.ts';
import { type Settings, settingsOf } from '../settings.ts';
import { filesFrom } from '../snapshot-input.ts';
import { entriesFor } from '../targets.ts';

/**
 * `regaudit plan`: lists owners and registries, reads none, and says what a run costs; with `--output`, writes the
 * plan that shards read. Returns the exit code: 3 where something could not be listed.
 */
export async function plan(context: CommandContext, named: readonly string[]): Promise<number> {
  const { flags, log } = context;
  const settings = await settingsOf(context, { checks, providers });
  const shards = flags.whole('shards', 1, mostShards);
  const earlier = filesFrom(flags);
  const file = flags.text('output');
  const calls = await callsOf(earlier, context);
  const reads = [...settings.reads, ...earlier];
  const output = file === undefined || file === '-' ? null : await outputFile(context, file, reads);
  try {
    const found = await discovered(context, settings, named);
    if (typeof found === 'number') return found;
    const { discovery, notes, made } = found;
    const planned = planWith({
      tool: context.tool,
      named: [...named],
      selection: selectionOf(settings),
      owners: [...(await plannedOwners({ ...discovery, providers, calls }))],
      notes: [...notes],
    });
    const json = `${JSON.stringify(planned, null, 1)}\n`;
    await output?.write([json]);
    const lines = planLines(planned, {
      made,
      weighed: calls.size > 0,
      concurrencyTotal: settings.concurrencyTotal,
      shards: shards === undefined ? null : shardsOf(planned.owners, shards),
    });
    if (file === '-') {
      await context.print([json]);
      for (const line of lines) log.say(safeLine(line));
    } else await context.print(lines.map((line) => `${safeLine(line)}\n`));
    return isWhole(planned) || flags.on('exitZero') ? exit.ok : exit.incomplete;
  } finally {
    output?.discard();
  }
}

function isWhole({ owners }: FleetPlan): boolean {
  return owners.every(({ units }) => units !== null);
}

/** All targets and their registries, none of them read; or the code of a run that was interrupted. */
async function discovered(context: CommandContext, settings: Settings, named: readonly string[]) {
  const { log } = context;
  const entries = entriesFor(named, settings.entries);
  const run = interruption(context, settings.timeout);
  const faults = faultsTold(log, context.flags.on('debug'));
  const shown = progress(log, context.live, context.stderr.columns || 80);
  const listed: Listed[] = [];
  const notes: string[] = [];
  let openings: readonly Opening[] = [];
  let made = 0;
  try {
    const lines = liveRegistries({
      ...context,
      log: {
        ...log,
        say(line) {
          notes.push(line);
          log.say(line);
        },
      },
      named,
      providers,
      settings: { ...settings, entries },
      signal: run.signal,
      progress: {
        ...shown,
        step(step) {
          if (step.kind === 'call') made += 1;
          shown.step(step);
        },
      },
      faults,
      listed(all) {
        openings = all;
      },
      takes(registry, of) {
        listed.push({ registry, of });
        return false;
      },
    });
    for await (const { registry } of lines) throw new Error(`${registry} was read`);
  } finally {
    shown.end();
    run.finish();
  }
  const ending = run.ending();
  if (ending === 'SIGINT') return 130;
  if (ending === 'SIGTERM') return 143;
  if (faults.any()) return exit.bug;
  return { discovery: { entries, openings, listed }, notes, made };
}

/** How many calls each registry of these snapshots took. */
async function callsOf(
  files: readonly string[],
  context: CommandContext,
): Promise<ReadonlyMap<string, number>> {
  const calls = new Map<string, number>();
  if (files.length === 0) return calls;
  const { readSnapshot } = await import('../../snapshot/reader.ts');
  for (const file of files) {
    if (file === '-') throw new UsageError('plan reads an earlier snapshot from a file');
    for await (const line of readSnapshot(file, chunksOf(file, context), (fact) => fact)) {
      if (line.kind === 'end') calls.set(line.registry, line.calls);
    }
  }
  return calls;
}
