import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type ChunkSource, type Chunks, chunksOf } from '../files/chunks.ts';
import { fileName } from '../files/inputs.ts';
import type { FleetPlan } from '../fleet/plan-file.ts';
import type { SnapshotLine } from '../model/snapshot.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Believe } from '../snapshot/fact-reader.ts';
import type { HeaderLine, SnapshotPart } from '../snapshot/schema.ts';
import type { Flags } from './flags.ts';
import { wantedBy } from './live-registries.ts';
import type { Log } from './log.ts';
import type { JoinOptions } from './parts.ts';
import type { Settings } from './settings.ts';

export interface InputOptions {
  /** What is being read already of the first file. */
  readonly chunks?: Chunks | undefined;
  /** The plan that the files are parts of, if it was named. */
  readonly plan?: FleetPlan | undefined;
  readonly now: () => Date;
  readonly log: Pick<Log, 'say'>;
}

/**
 * The readings of snapshots that `--include` and `--exclude` ask for: the parts of a plan joined, other snapshots one
 * after the other. Throws `UsageError` for a registry that stands in two of those: which reading of it holds, nobody
 * could tell.
 */
export async function* snapshotInput(
  files: readonly string[],
  { include, exclude }: Pick<Settings, 'include' | 'exclude'>,
  host: ChunkSource,
  { chunks, plan, now, log }: InputOptions,
): AsyncGenerator<SnapshotLine> {
  // The reader brings the validator along, which a live scan can do without.
  const { allProvides, believing } = await import('./believed.ts');
  const believe = believing(await allProvides());
  const wanted = wantedBy(include, exclude);
  const lines =
    plan !== undefined || (await anyIsPart(files, host))
      ? joinedLines(files, host, { plan: plan ?? null, believe, now, log })
      : separateLines(files, host, believe, chunks);
  for await (const reading of lines)
    if (reading.kind !== 'repository' || wanted(reading.name)) yield reading;
}

async function* joinedLines(
  files: readonly string[],
  host: ChunkSource,
  { log, ...options }: Omit<JoinOptions, 'providers'> & Pick<InputOptions, 'log'>,
): AsyncGenerator<SnapshotLine> {
  const [{ joined }, { providers }] = await Promise.all([
    import('./parts.ts'),
    import('../providers/index.ts'),
  ]);
  const { notes, lines } = await joined(files, host, { ...options, providers });
  for (const note of notes) log.say(`warning: ${note}`);
  yield* lines();
}

async function* separateLines(
  files: readonly string[],
  host: ChunkSource,
  believe: Believe,
  chunks: Chunks | undefined,
): AsyncGenerator<SnapshotLine> {
  const { readSnapshot } = await import('../snapshot/reader.ts');
  const holders = new Map<string, string>();
  for (const [index, file] of files.entries()) {
    const begun = index === 0 ? chunks : undefined;
    const watched = {
      header({ plan }: HeaderLine) {
        if (isPart(plan)) throw new UsageError(`${fileName(file)} is a part of a plan`, asFile);
      },
    };
    for await (const reading of readSnapshot(
      file,
      begun ?? chunksOf(file, host),
      believe,
      watched,
    )) {
      if (reading.kind === 'registry') {
        const other = holders.get(reading.registry);
        if (other !== undefined) throw standsInBoth(reading.registry, other, file);
        holders.set(reading.registry, file);
      }
      yield reading;
    }
  }
}

const asFile = 'parts are read twice: name them as files, not through a pipe';

function isPart(plan: SnapshotPart | undefined): boolean {
  return plan !== undefined && plan.shards > 1;
}

/** Whether the first line of a file says that others belong to it. Pipes can be read only once, and are not looked at. */
async function anyIsPart(files: readonly string[], host: ChunkSource): Promise<boolean> {
  for (const file of files) {
    if (file === '-' || !(await isRegular(file, host.cwd))) continue;
    const line = await firstLine(chunksOf(file, host));
    if (/^\{"kind":"snapshot"/.test(line) && /"plan":\{[^}]*"shards":(?!1\D)/.test(line))
      return true;
  }
  return false;
}

async function isRegular(file: string, cwd: string): Promise<boolean> {
  return stat(resolve(cwd, file)).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function firstLine(chunks: Chunks): Promise<string> {
  for await (const chunk of chunks)
    return Buffer.from(chunk).toString('utf8').split('\n', 1)[0] ?? '';
  return '';
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
