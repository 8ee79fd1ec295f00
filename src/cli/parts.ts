import type { ChunkSource } from '../files/chunks.ts';
import { shardsOf } from '../fleet/assignment.ts';
import type { FleetPlan, PlannedOwner } from '../fleet/plan-file.ts';
import type { Unknown } from '../model/fact.ts';
import type { RegistryEnd, SnapshotLine } from '../model/snapshot.ts';
import { UsageError } from '../model/usage-error.ts';
import { unknown } from '../providers/facts.ts';
import type { Believe } from '../snapshot/fact-reader.ts';
import type { HeaderLine, SnapshotPart } from '../snapshot/schema.ts';
import { groupOf } from './group-of.ts';
import { notRead } from './guarded-registry.ts';
import { holdersOf } from './holders.ts';
import { linesOf, type Part, partIn } from './part-index.ts';
import { type Providers, providerById } from './targets.ts';

export interface JoinOptions {
  /** What the parts should add up to; null: what they say themselves. */
  readonly plan: FleetPlan | null;
  readonly believe?: Believe;
  readonly providers: Providers;
  readonly now: () => Date;
}

/** Snapshots that were joined. */
export interface Joined {
  /** Of a file that holds them all. */
  readonly origin: Pick<HeaderLine, 'startedAt' | 'filtered' | 'plan'>;
  /** What a person is told: doubles, parts that do not belong, old readings. */
  readonly notes: readonly string[];
  readonly lines: () => AsyncGenerator<SnapshotLine>;
}

/**
 * Joins the parts of a plan, in any order, to what one process would have read. What is missing is told: with the plan
 * each registry of it is a line of its own that was not collected. Throws `UsageError` for parts of several plans, and
 * without the plan for a part that is missing or was cut short.
 */
export async function joined(
  names: readonly string[],
  host: ChunkSource,
  options: JoinOptions,
): Promise<Joined> {
  const all: Part[] = [];
  for (const file of names) {
    if (file === '-')
      throw new UsageError('the parts of a plan are read twice, so none can be standard input');
    all.push(await partIn(file, host));
  }
  const { plan } = options;
  const shape = shapeOf(all, plan);
  const parts = all.filter(({ header }) => header !== null).toSorted(inOrder);
  const holders = await holdersOf(parts, host);
  const absent = plan === null ? [] : absentOf(plan, shape, new Set(holders.of.keys()));
  const [first, ...more] = parts.flatMap(({ header }) => (header === null ? [] : [header]));
  if (first === undefined) throw new UsageError('none of the files holds anything');
  const startedAt = more.reduce(
    (least, one) => (one.startedAt < least ? one.startedAt : least),
    first.startedAt,
  );
  return {
    origin: {
      startedAt,
      filtered: [first, ...more].some(({ filtered }) => filtered),
      plan: { digest: shape.digest, shard: 0, shards: 1 },
    },
    notes: [...shape.notes, ...holders.notes, ...strangers(plan, holders.of), ...ages(holders.of)],
    async *lines() {
      for (const part of parts) {
        const open = new Set<string>();
        for await (const line of linesOf(part.file, host, options.believe)) {
          if (holders.of.get(line.registry) !== part) continue;
          if (line.kind === 'registry') open.add(line.registry);
          if (line.kind === 'end') open.delete(line.registry);
          yield line;
        }
        for (const registry of open) yield cutEnd(registry);
      }
      for (const { id, why } of absent) {
        const [provider = ''] = id.split('://');
        const own = { provider: await providerById(options.providers, provider), now: options.now };
        yield* notRead(id, why, own).read(new AbortController().signal);
      }
    },
  };
}

function cutEnd(registry: string): RegistryEnd {
  return {
    kind: 'end',
    registry,
    listing: unknown('not-collected', 'none', 'its part was cut short before it was read'),
    calls: 0,
  };
}

/** The parts in relation to each other. */
interface Shape {
  readonly digest: string;
  readonly shards: number;
  /** Shards of which no whole file is there, and whether there is a part of one. */
  readonly missing: ReadonlyMap<number, 'missing' | 'cut'>;
  readonly notes: readonly string[];
}

function shapeOf(all: readonly Part[], plan: FleetPlan | null): Shape {
  const own = all.flatMap(({ header }) => (header?.plan === undefined ? [] : [header.plan]));
  const digest = onlyOf(own, plan);
  const counts = [...new Set(own.map(({ shards }) => shards))];
  const [shards = 1] = counts;
  if (counts.length > 1)
    throw new UsageError(
      `parts of ${counts.join(' and of ')} shards do not fit together`,
      'join those of one run',
    );
  const notes: string[] = [];
  for (const { file, header, whole } of all) {
    if (header === null) {
      if (plan === null) throw new UsageError(`${file} is empty`, withPlan);
      notes.push(`${file} is empty`);
    } else if (header.plan === undefined) {
      if (!whole) throw new UsageError(`${file} was cut short: its last line is missing`);
      notes.push(`${file} is no part of the plan, and read as well`);
    } else if (!whole) notes.push(`${file} was cut short`);
  }
  const missing = new Map<number, 'missing' | 'cut'>();
  for (let shard = 0; shard < shards; shard += 1) {
    const files = all.filter(({ header }) => header?.plan?.shard === shard);
    if (files.some(({ whole }) => whole)) continue;
    missing.set(shard, files.length === 0 ? 'missing' : 'cut');
  }
  const told = [...missing].map(([shard, how]) => sentence(shard, shards, how));
  if (plan === null && told.length > 0)
    throw new UsageError(
      [...told.slice(0, 5), ...(told.length > 5 ? [`and ${told.length - 5} more`] : [])].join('\n'),
      withPlan,
    );
  return { digest, shards, missing, notes: [...notes, ...told] };
}

const withPlan =
  'name all files, or with --plan FILE the registries that are missing are reported as not read';

function sentence(shard: number, shards: number, how: 'missing' | 'cut'): string {
  return `shard ${shard} of ${shards} ${how === 'missing' ? 'is missing' : 'was cut short'}`;
}

function onlyOf(parts: readonly SnapshotPart[], plan: FleetPlan | null): string {
  const digests = [...new Set(parts.map(({ digest }) => digest))];
  const [digest] = digests;
  const short = (one: string) => one.slice(0, 12);
  if (digests.length > 1)
    throw new UsageError(`the parts belong to several plans: ${digests.map(short).join(', ')}`);
  if (digest === undefined)
    throw new UsageError('none of the files is a part of the plan', 'collect --plan writes them');
  if (plan !== null && plan.digest !== digest)
    throw new UsageError(
      `the parts belong to the plan ${short(digest)}, and the plan named is ${short(plan.digest)}`,
    );
  return digest;
}

/** Planned registries that stand in no part, each with the reason. */
function absentOf(
  plan: FleetPlan,
  { shards, missing }: Shape,
  met: ReadonlySet<string>,
): readonly { readonly id: string; readonly why: Unknown }[] {
  const groups = new Set([...met].map(groupOf));
  return shardsOf(plan.owners, shards).flatMap((owners, shard) => {
    const how = missing.get(shard);
    return owners.flatMap((owner) => {
      const said =
        how === undefined ? 'it was planned, and is in no part' : sentence(shard, shards, how);
      const why = owner.unreachable ?? unknown('not-collected', 'none', said);
      return absentUnits(owner, how !== undefined, met, groups).map((id) => ({ id, why }));
    });
  });
}

/** Of an owner whose registries nobody could list, nobody knows either whether a part that was cut has them all. */
function absentUnits(
  { id, units }: PlannedOwner,
  open: boolean,
  met: ReadonlySet<string>,
  groups: ReadonlySet<string>,
): readonly string[] {
  if (units !== null && units.length > 0) return units.filter((unit) => !met.has(unit));
  if (met.has(id)) return [];
  if (open) return [id];
  return units === null && !groups.has(id) ? [id] : [];
}

function strangers(plan: FleetPlan | null, of: ReadonlyMap<string, Part>): readonly string[] {
  if (plan === null) return [];
  const planned = new Set(plan.owners.flatMap(({ units }) => units ?? []));
  const open = new Set(plan.owners.flatMap(({ id, units }) => (units === null ? [id] : [])));
  const more = [...of.keys()]
    .filter((id) => !planned.has(id) && !open.has(id) && !open.has(groupOf(id)))
    .sort();
  return more.map((id) => `${id} is not in the plan, and read as well`);
}

const longest = 24 * 3_600_000;

/** Readings that are so far apart that they may never have been true together. */
function ages(of: ReadonlyMap<string, Part>): readonly string[] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [id, part] of of) {
    const time = Date.parse(part.units.get(id)?.takenAt ?? '');
    if (Number.isNaN(time)) continue;
    least = Math.min(least, time);
    most = Math.max(most, time);
  }
  if (!(most - least > longest)) return [];
  return [
    `the readings are ${Math.round((most - least) / 3_600_000)} hours apart: from ${new Date(least).toISOString()} to ${new Date(most).toISOString()}`,
  ];
}

function inOrder(a: Part, b: Part): number {
  const shard = ({ header }: Part) => header?.plan?.shard ?? -1;
  return shard(a) - shard(b) || (a.file < b.file ? -1 : 1);
}
