import type { Reading } from '../model/snapshot.ts';
import type { Chunks } from './chunks.ts';
import { wantedBy } from './live-readings.ts';
import type { Settings } from './settings.ts';

/** The readings of a snapshot that `--include` and `--exclude` ask for; `chunks` as for `readSnapshot`. */
export async function* snapshotReadings(
  file: string,
  { include, exclude }: Pick<Settings, 'include' | 'exclude'>,
  chunks: Chunks,
): AsyncGenerator<Reading> {
  // The reader brings the validator along, which a live scan can do without.
  const { readSnapshot } = await import('./snapshot-reader.ts');
  const wanted = wantedBy(include, exclude);
  for await (const reading of readSnapshot(file, chunks)) {
    if (reading.kind !== 'repository' || wanted(reading.name)) yield reading;
  }
}
