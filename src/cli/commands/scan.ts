import { checks } from '../../../checks/index.ts';
import { withFolders } from '../../files/folder.ts';
import { UsageError } from '../../model/usage-error.ts';
import { providers } from '../../providers/index.ts';
import { safeLine } from '../../reporters/safe-text.ts';
import { auditAndReport, type Origin } from '../audit-and-report.ts';
import type { CommandContext } from '../command-context.ts';
import { dryRunLines } from '../dry-run.ts';
import { liveRegistries } from '../live-registries.ts';
import { planFrom } from '../plan-from.ts';
import { type Settings, settingsOf } from '../settings.ts';
import { filesFrom, snapshotInput } from '../snapshot-input.ts';
import { entriesFor, type Providers } from '../targets.ts';
import { untilAborted } from '../until-aborted.ts';

/** `regaudit scan`: evaluates live registries or a snapshot. Returns the exit code. */
export async function scan(context: CommandContext, targets: readonly string[]): Promise<number> {
  const settings = await settingsOf(context, { checks, providers });
  if (context.flags.on('dryRun')) return dryRun(context, settings, targets);
  const { exitCode, reason, printed } = await auditAndReport(
    context,
    settings,
    originOf(context, settings, targets, providers),
  );
  if (!printed) context.log.say(`exit code ${exitCode}: ${reason}`);
  return exitCode;
}

/** `--dry-run`: prints what would be called. Returns 0. */
async function dryRun(
  { flags, print }: CommandContext,
  settings: Settings,
  targets: readonly string[],
): Promise<number> {
  if (filesFrom(flags).length > 0)
    throw new UsageError('--dry-run is for live registries: --from calls nothing');
  const entries = entriesFor(targets, settings.entries);
  const lines = await dryRunLines({ ...settings, entries }, providers);
  await print(lines.map((line) => `${safeLine(line)}\n`));
  return 0;
}

/** Chooses the source: the targets, the configuration's registries, or `--from`. */
export function originOf(
  context: CommandContext,
  settings: Settings,
  targets: readonly string[],
  providers: Providers,
): Origin {
  const files = withFolders(filesFrom(context.flags), '.jsonl', context.cwd);
  const planFile = context.flags.text('plan');
  if (files.length === 0) {
    if (planFile !== undefined)
      throw new UsageError(
        '--plan needs the parts that were collected by it',
        '--from FILE for each',
      );
    const entries = entriesFor(targets, settings.entries);
    return {
      live: true,
      reads: [],
      lines: (run) =>
        liveRegistries({
          ...context,
          ...run,
          providers,
          named: targets,
          settings: { ...settings, entries },
        }),
    };
  }
  if (targets.length > 0) {
    throw new UsageError('--from reads a snapshot, so no TARGET can be given with it');
  }
  async function* input(reading: AbortSignal) {
    const plan = planFile === undefined ? undefined : await planFrom(context, planFile);
    yield* snapshotInput(files, settings, { ...context, reading }, { ...context, plan });
  }
  return {
    live: false,
    reads: planFile === undefined ? files : [...files, planFile],
    lines: ({ signal }) => untilAborted(input(signal), signal),
  };
}
