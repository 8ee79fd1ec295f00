import { type ChunkSource, type Chunks, chunksOf } from '../files/chunks.ts';
import { fileName } from '../files/inputs.ts';
import type { SnapshotLine } from '../model/snapshot.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Flags } from './flags.ts';
import { wantedBy } from './live-registries.ts';
import type { Settings } from './settings.ts';

/**
 * The readings of snapshots, one after the other, that `--include` and `--exclude` ask for; `chunks`: what
 * is being read already of the first. Throws `UsageError` for a registry that stands in two of them: which
 * reading of it holds, nobody could tell.
 */
export async function* snapshotInput(
  files: readonly string[],
  { include, exclude }: Pick<Settings, 'include' | 'exclude'>,
  host: ChunkSource,
  chunks?: Chunks,
): AsyncGenerator<SnapshotLine> {
  // The reader brings the validator along, which a live scan can do without.
  const { readSnapshot } = await import('../snapshot/reader.ts');
  const { allProvides, believing } = await import('./believed.ts');
  const believe = believing(await allProvides());
  const wanted = wantedBy(include, exclude);
  const holders = new Map<string, string>();
  for (const [index, file] of files.entries()) {
    const begun = index === 0 ? chunks : undefined;
    for await (const reading of readSnapshot(file, begun ?? chunksOf(file, host), believe)) {
      if (reading.kind === 'registry') {
        const other = holders.get(reading.registry);
        if (other !== undefined) throw standsInBoth(reading.registry, other, file);
        holders.set(reading.registry, file);
      }
      if (reading.kind !== 'repository' || wanted(reading.name)) yield reading;
    }
  }
}

function standsInBoth(registry: string, one: string, other: string): UsageError {
  return new UsageError(
    `${registry} is in both ${fileName(one)} and ${fileName(other)}`,
    'omit one of them: two snapshots of one registry cannot be joined',
  );
}

/** The files of `--from`. Throws `UsageError` when two of them are standard input. */
export function filesFrom({ list }: Flags): readonly string[] {
  const files = list('from') ?? [];
  if (files.filter((file) => file === '-').length < 2) return files;
  throw new UsageError('only one file can be read from standard input');
}
