import { checks } from '../../../checks/index.ts';
import type { Reading } from '../../model/snapshot.ts';
import { UsageError } from '../../model/usage-error.ts';
import { providers } from '../../providers/index.ts';
import { audit, type Origin } from '../audit.ts';
import { liveReadings, untilAborted, wantedBy } from '../live-readings.ts';
import { type Settings, settingsOf } from '../settings.ts';
import type { Shell } from '../shell.ts';
import { entriesFor, type Providers } from '../targets.ts';

/** `regaudit scan`: reads registries, or a snapshot of them, and judges. Out: the exit code. */
export async function scan(shell: Shell, targets: readonly string[]): Promise<number> {
  const settings = await settingsOf(shell.flags, { checks, providers }, shell.notes);
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
  const file = shell.flags.text('from');
  if (file === undefined) {
    const entries = entriesFor(targets, settings.entries);
    return {
      live: true,
      readings: (run) =>
        liveReadings({ ...shell, ...run, providers, settings: { ...settings, entries } }),
    };
  }
  if (targets.length > 0) {
    throw new UsageError('--from reads a snapshot, so no TARGET can be given with it');
  }
  return {
    live: false,
    readings: ({ signal }) => untilAborted(wantedOf(read(file), settings), signal),
  };
}

/** The reader brings the validator along, which a live scan can do without. */
async function* read(file: string): AsyncGenerator<Reading> {
  const { readSnapshot } = await import('../snapshot-reader.ts');
  yield* readSnapshot(file);
}

async function* wantedOf(
  readings: AsyncIterable<Reading>,
  { include, exclude }: Settings,
): AsyncGenerator<Reading> {
  const wanted = wantedBy(include, exclude);
  for await (const reading of readings) {
    if (reading.kind !== 'repository' || wanted(reading.name)) yield reading;
  }
}
