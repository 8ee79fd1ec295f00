import { createHash } from 'node:crypto';
import { type ChunkSource, chunksOf } from '../files/chunks.ts';
import type { SnapshotLine } from '../model/snapshot.ts';
import type { Believe } from '../snapshot/fact-reader.ts';
import { readSnapshot } from '../snapshot/reader.ts';
import type { HeaderLine } from '../snapshot/schema.ts';

/** What stands in one of several snapshots that belong together. */
export interface Part {
  readonly file: string;
  /** Null: it is empty, or was cut before its first line ended. */
  readonly header: HeaderLine | null;
  /** Whether its last line is there. */
  readonly whole: boolean;
  readonly units: ReadonlyMap<string, Unit>;
}

/** One registry in a part. */
export interface Unit {
  readonly takenAt: string;
  readonly ended: boolean;
}

/** Reads a part once, and keeps of each registry when it was read and whether to its end. */
export async function partIn(file: string, host: ChunkSource): Promise<Part> {
  let header: HeaderLine | null = null;
  let whole = true;
  const units = new Map<string, Unit>();
  const watched = {
    header(line: HeaderLine) {
      header = line;
    },
    cut() {
      whole = false;
    },
  };
  for await (const line of readSnapshot(file, chunksOf(file, host), asIs, watched)) {
    if (line.kind === 'registry') units.set(line.registry, { takenAt: line.takenAt, ended: false });
    const unit = units.get(line.registry);
    if (line.kind === 'end' && unit !== undefined)
      units.set(line.registry, { ...unit, ended: true });
  }
  return { file, header, whole, units };
}

/** The lines of a part, as far as it goes. */
export function linesOf(
  file: string,
  host: ChunkSource,
  believe: Believe = asIs,
): AsyncGenerator<SnapshotLine> {
  return readSnapshot(file, chunksOf(file, host), believe, { cut: () => undefined });
}

/** Of these registries of a part: what was read of each, as a digest. */
export async function digestsOf(
  file: string,
  registries: ReadonlySet<string>,
  host: ChunkSource,
): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map([...registries].map((id) => [id, createHash('sha256')]));
  for await (const line of linesOf(file, host))
    hashes.get(line.registry)?.update(JSON.stringify(line));
  return new Map([...hashes].map(([id, hash]) => [id, hash.digest('hex')]));
}

const asIs: Believe = (fact) => fact;
