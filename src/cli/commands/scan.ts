import { checks } from '../../../checks/index.ts';
import { UsageError } from '../../model/usage-error.ts';
import { providers } from '../../providers/index.ts';
import { audit, type Origin } from '../audit.ts';
import { liveReadings } from '../live-readings.ts';
import { type Settings, settingsOf } from '../settings.ts';
import type { Shell } from '../shell.ts';
import { filesFrom, snapshotReadings } from '../snapshot-readings.ts';
import { entriesFor, type Providers } from '../targets.ts';
import { untilAborted } from '../until-aborted.ts';

/** `regaudit scan`: reads registries, or a snapshot of them, and judges. Out: the exit code. */
export async function scan(shell: Shell, targets: readonly string[]): Promise<number> {
  const settings = await settingsOf(shell, { checks, providers });
  const { exitCode, reason, told } = await audit(
    shell,
    settings,
    originOf(shell, settings, targets, providers),
  );
  if (!told) shell.notes.say(`exit code ${exitCode}: ${reason}`);
  return exitCode;
}

/** Where readings come from: the registries that targets or the configuration name, or `--from`. */
export function originOf(
  shell: Shell,
  settings: Settings,
  targets: readonly string[],
  providers: Providers,
): Origin {
  const files = filesFrom(shell.flags);
  if (files.length === 0) {
    const entries = entriesFor(targets, settings.entries);
    return {
      live: true,
      reads: [],
      readings: (run) =>
        liveReadings({ ...shell, ...run, providers, settings: { ...settings, entries } }),
    };
  }
  if (targets.length > 0) {
    throw new UsageError('--from reads a snapshot, so no TARGET can be given with it');
  }
  return {
    live: false,
    reads: files,
    readings: ({ signal }) => untilAborted(snapshotReadings(files, settings, shell), signal),
  };
}
