import { checks } from '../../checks/index.ts';
import { type PartFile, partFile, partsOf } from '../files/part-file.ts';
import { shardsOf } from '../fleet/assignment.ts';
import { type Shard, shardFrom, shardName } from '../fleet/shard.ts';
import type { SnapshotLine } from '../model/snapshot.ts';
import { UsageError } from '../model/usage-error.ts';
import { providers } from '../providers/index.ts';
import type { SnapshotPart } from '../snapshot/schema.ts';
import { snapshotLines } from '../snapshot/writer.ts';
import { count, early, noCounts } from './collected.ts';
import type { CommandContext } from './command-context.ts';
import { type Earlier, earlierUnits, type Retries, retries } from './earlier-units.ts';
import { exit } from './exit.ts';
import { faultsTold } from './faults.ts';
import { type Interruption, interruption } from './interruption.ts';
import { planFrom } from './plan-from.ts';
import { progress, watched } from './progress.ts';
import { refuseOtherSelection } from './selection.ts';
import { settingsOf } from './settings.ts';
import { shardLines } from './shard-lines.ts';

const hoursOfResumed = 24;

/**
 * `regaudit collect --plan FILE --shard i/n`: reads the shard's owners into a file of its own. Returns 0 where the file
 * is whole, 75 where something in it may be read better by another try; what is unknown for good is for the scan of
 * all shards to judge.
 */
export async function collectShard(
  context: CommandContext,
  planFile: string,
  targets: readonly string[],
): Promise<number> {
  const { flags, log } = context;
  if (targets.length > 0)
    throw new UsageError('the plan names the targets, so no TARGET can be given with --plan');
  if (flags.on('redact'))
    throw new UsageError('the parts of a plan are told by their names', 'redact the report');
  const settings = await settingsOf(context, { checks, providers });
  const plan = await planFrom(context, planFile);
  refuseOtherSelection(plan, settings);
  const shard = shardOf(context);
  const folder = flags.text('output');
  if (folder === undefined || folder === '-')
    throw new UsageError('a shard needs a folder to write its file to', '-o FOLDER');
  const part = { digest: plan.digest, shard: shard.index, shards: shard.count };
  const earlier = await resumed(context, folder, shard, part);
  const owners = shardsOf(plan.owners, shard.count)[shard.index] ?? [];
  const run = interruption(context, settings.timeout);
  const faults = faultsTold(log, flags.on('debug'));
  const shown = progress(log, context.live, context.stderr.columns || 80);
  const file = await partFile(folder, shardName(shard), context.cwd);
  const counts = noCounts();
  const again = retries();
  const see = (line: SnapshotLine) => {
    shown.read(line);
    count(line, counts);
    again.see(line);
  };
  const filtered = settings.include.length > 0 || settings.exclude.length > 0;
  const origin = { tool: context.tool, startedAt: context.now().toISOString(), filtered };
  const live = { ...context, providers, settings, signal: run.signal, progress: shown, faults };
  const lines = shardLines({ ...live, plan, owners, earlier });
  try {
    await written(file, snapshotLines(watched(lines, see), { ...origin, plan: part }), run);
  } finally {
    shown.end();
    run.finish();
  }
  const kept = `what was read is kept; --resume goes on from there`;
  const ended = early(run.ending(), faults.any(), kept) ?? whole(leftTo(again, earlier), run);
  const resumedCount = earlier.done.size === 0 ? '' : ` (${earlier.done.size} from before)`;
  log.say(
    `${shardName(shard)}: registries ${counts.registries}${resumedCount}, repositories ${counts.repositories}; exit code ${ended.exitCode}: ${ended.reason}`,
  );
  return ended.exitCode;
}

function shardOf({ flags, environment }: CommandContext): Shard {
  const given = flags.text('shard');
  if (given !== undefined) return shardFrom(given, environment);
  throw new UsageError('--plan needs --shard', '--shard 0/1 reads all of it; auto asks the engine');
}

const nothingEarlier: Earlier = { done: new Set(), tried: new Set(), lines: () => each([]) };

async function* each<T>(items: readonly T[]) {
  yield* items;
}

async function resumed(
  context: CommandContext,
  folder: string,
  shard: Shard,
  part: SnapshotPart,
): Promise<Earlier> {
  const { flags, cwd, now } = context;
  const hours = flags.whole('resumeMaxAge', 0, 10_000) ?? hoursOfResumed;
  if (!flags.on('resume')) return nothingEarlier;
  const since = new Date(now().getTime() - hours * 3_600_000);
  return earlierUnits(context, await partsOf(folder, shardName(shard), cwd), { part, since });
}

/**
 * How many registries another try may read better. One that was reached twice, and of which the same is still out of
 * reach, would be tried for ever.
 */
function leftTo(again: Retries, { tried }: Earlier): number {
  return [...again.registries].filter((id) => again.whole.has(id) || !tried.has(id)).length;
}

const mostHeld = 64 * 1024;

/**
 * Writes the lines, and what was held of them whenever a registry has ended, for the process may be killed. After a
 * signal the file stays as it is: a part, without its last line.
 */
async function written(
  file: PartFile,
  pieces: AsyncIterable<string>,
  run: Interruption,
): Promise<void> {
  let held = '';
  let done = false;
  try {
    for await (const piece of pieces) {
      if (run.ending() === 'SIGINT' || run.ending() === 'SIGTERM') return;
      held += piece;
      if (held.length < mostHeld && !piece.startsWith('{"kind":"end"')) continue;
      await file.append(held);
      held = '';
    }
    await file.append(held);
    done = true;
  } finally {
    await (done ? file.finish() : file.keep());
  }
}

/** The file is whole; whether another try may learn more. */
function whole(passing: number, run: Interruption): { exitCode: number; reason: string } {
  if (run.ending() === 'timeout')
    return { exitCode: exit.again, reason: 'the time limit was reached; try again with --resume' };
  if (passing > 0)
    return {
      exitCode: exit.again,
      reason: `${passing === 1 ? 'a registry was' : `${passing} registries were`} throttled or out of reach; try again with --resume`,
    };
  return { exitCode: exit.ok, reason: 'the shard is whole' };
}
