import { chunksOf } from '../files/chunks.ts';
import { fileName } from '../files/inputs.ts';
import { type AnyFact, reasonsOf, type Why } from '../model/fact.ts';
import type { SnapshotLine } from '../model/snapshot.ts';
import { UsageError } from '../model/usage-error.ts';
import { readSnapshot } from '../snapshot/reader.ts';
import type { SnapshotPart } from '../snapshot/schema.ts';
import type { CommandContext } from './command-context.ts';

/** Reasons that may be gone when it is tried again. */
const passing: ReadonlySet<Why> = new Set(['throttled', 'unreachable']);

/** Which registries of a stream can be read better another time. */
export interface Retries {
  readonly see: (line: SnapshotLine) => void;
  /** Those with something that was throttled or out of reach. */
  readonly registries: ReadonlySet<string>;
  /** Those of them that were not reached at all, or whose repositories could not be listed. */
  readonly whole: ReadonlySet<string>;
}

export function retries(): Retries {
  const registries = new Set<string>();
  const whole = new Set<string>();
  const passes = (facts: readonly (AnyFact | null)[]) =>
    facts.some(
      (fact) =>
        fact !== null &&
        (fact.state === 'unknown' || fact.state === 'partial') &&
        reasonsOf(fact.state === 'partial' ? fact.missing : [fact]).some(({ why }) =>
          passing.has(why),
        ),
    );
  return {
    registries,
    whole,
    see(line) {
      const facts =
        line.kind === 'end'
          ? [line.listing]
          : [...Object.values(line.facts), line.kind === 'registry' ? line.unreachable : null];
      if (!passes(facts)) return;
      registries.add(line.registry);
      const lost = line.kind === 'end' ? line.listing.state === 'unknown' : isLost(line);
      if (lost) whole.add(line.registry);
    },
  };
}

function isLost(line: SnapshotLine): boolean {
  return line.kind === 'registry' && line.unreachable !== null;
}

/** What earlier runs of a shard have read. */
export interface Earlier {
  /** Registries that need not be read again. */
  readonly done: ReadonlySet<string>;
  /** Registries that were read to their end but for something that another try might have learnt. */
  readonly tried: ReadonlySet<string>;
  /** Their lines. */
  readonly lines: () => AsyncGenerator<SnapshotLine>;
}

export interface EarlierOptions {
  readonly part: SnapshotPart;
  /** Readings from before are not taken. */
  readonly since: Date;
}

/**
 * In: the files that earlier runs of a shard left, whole or cut. A registry counts that was reached and read to its
 * end, with nothing that another try may learn. Files of another plan, or damaged ones, are told and left out.
 */
export async function earlierUnits(
  context: CommandContext,
  files: readonly string[],
  { part, since }: EarlierOptions,
): Promise<Earlier> {
  const holders = new Map<string, string>();
  const tried = new Set<string>();
  for (const file of files) {
    try {
      const units = await unitsOf(context, file, { part, since });
      for (const unit of units.whole) if (!holders.has(unit)) holders.set(unit, file);
      for (const unit of units.tried) tried.add(unit);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      context.log.say(`${fileName(file)} is not resumed: ${error.message}`);
    }
  }
  return {
    done: new Set(holders.keys()),
    tried,
    async *lines() {
      for (const file of new Set(holders.values()))
        for await (const line of read(context, file))
          if (holders.get(line.registry) === file) yield line;
    },
  };
}

interface Units {
  readonly whole: readonly string[];
  readonly tried: readonly string[];
}

async function unitsOf(
  context: CommandContext,
  file: string,
  { part, since }: EarlierOptions,
): Promise<Units> {
  const { see, registries } = retries();
  const fresh = new Set<string>();
  const ended: string[] = [];
  for await (const line of read(context, file, part)) {
    see(line);
    if (line.kind === 'registry' && line.unreachable === null && new Date(line.takenAt) >= since)
      fresh.add(line.registry);
    if (line.kind === 'end' && line.listing.state !== 'unknown') ended.push(line.registry);
  }
  const reached = ended.filter((unit) => fresh.has(unit));
  return {
    whole: reached.filter((unit) => !registries.has(unit)),
    tried: reached.filter((unit) => registries.has(unit)),
  };
}

function read(context: CommandContext, file: string, part?: SnapshotPart) {
  return readSnapshot(file, chunksOf(file, context), (fact) => fact, {
    cut: () => undefined,
    header({ plan }) {
      if (part !== undefined && JSON.stringify(plan) !== JSON.stringify(part))
        throw new UsageError('it belongs to another plan or shard');
    },
  });
}
