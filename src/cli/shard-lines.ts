import type { RegistryEntry } from '../config/schema.ts';
import { originKey, ownership } from '../fleet/assignment.ts';
import type { FleetPlan, PlannedOwner } from '../fleet/plan-file.ts';
import type { Unknown } from '../model/fact.ts';
import type { SnapshotLine } from '../model/snapshot.ts';
import { UsageError } from '../model/usage-error.ts';
import { unknown } from '../providers/facts.ts';
import type { Earlier } from './earlier-units.ts';
import { groupOf } from './group-of.ts';
import { notRead } from './guarded-registry.ts';
import { type LiveOptions, liveRegistries } from './live-registries.ts';
import { entryOf } from './planned-owners.ts';
import { entriesFor, providerById } from './targets.ts';

export interface ShardOptions extends Omit<LiveOptions, 'named' | 'takes' | 'listed'> {
  readonly plan: FleetPlan;
  /** Of this shard. */
  readonly owners: readonly PlannedOwner[];
  readonly earlier: Earlier;
}

/**
 * The lines of one shard: what earlier runs have read, what its owners have now, and for each registry that was
 * planned and is in neither, a line that says so. Throws `UsageError` where the configuration has other entries.
 */
export async function* shardLines(options: ShardOptions): AsyncGenerator<SnapshotLine> {
  const { plan, owners, earlier, now, providers } = options;
  const entries = entriesFor(plan.named, options.settings.entries);
  const openings = openingsOf(plan, owners, entries, earlier.done);
  const met = new Set<string>();
  const failures = new Map<PlannedOwner | string, Unknown>();
  const planned = new Set(plan.owners.flatMap(({ units }) => units ?? []));
  const ownerOf = ownership(plan.owners, groupOf);
  const mine = new Set(owners);
  const tell = async (id: string, why: Unknown) => {
    const [provider = ''] = id.split('://');
    return notRead(id, why, { provider: await providerById(providers, provider), now });
  };
  for await (const line of earlier.lines()) {
    met.add(line.registry);
    yield line;
  }
  if (openings.length > 0) {
    const live = liveRegistries({
      ...options,
      named: plan.named,
      settings: { ...options.settings, entries: openings.map(({ entry }) => entry) },
      takes(registry, { entry }) {
        const from = openings[entry]?.owner;
        if (from === undefined || earlier.done.has(registry.id)) return false;
        const owner = ownerOf(registry.id, from);
        const { id, unreachable } = registry;
        // It stands for several: those of them that were planned are told one by one below.
        if (unreachable !== undefined && !planned.has(id)) {
          const whole = owner === null || owner.id !== groupOf(id);
          failures.set(whole ? originKey(from) : owner, unreachable);
          if ((owner?.units ?? []).length > 0) return false;
        }
        return owner !== null && mine.has(owner);
      },
    });
    for await (const line of live) {
      met.add(line.registry);
      yield line;
    }
  }
  const groups = new Set([...met].map(groupOf));
  for (const owner of owners) {
    const why = owner.unreachable ?? failures.get(owner) ?? failures.get(originKey(owner)) ?? gone;
    const absent =
      owner.units === null
        ? [owner.id].filter((id) => !met.has(id) && !groups.has(id))
        : owner.units.filter((unit) => !met.has(unit));
    for (const id of absent) {
      met.add(id);
      yield* (await tell(id, why)).read(options.signal);
    }
  }
}

const gone = unknown(
  'not-collected',
  'none',
  'it was planned, and not found when it was to be read',
);

interface PlannedOpening {
  readonly owner: PlannedOwner;
  readonly entry: RegistryEntry;
}

/** Each target once that this shard opens; none of which everything is read. */
function openingsOf(
  { owners: all }: FleetPlan,
  owners: readonly PlannedOwner[],
  entries: readonly RegistryEntry[],
  done: ReadonlySet<string>,
): readonly PlannedOpening[] {
  for (const { entry, from } of all) {
    if (entries[entry]?.target === from) continue;
    throw new UsageError(
      `the plan has ${from} as entry ${entry + 1}, and the configuration ${entries[entry]?.target ?? 'ends before'}`,
      'use the configuration of the plan, or make the plan again',
    );
  }
  const left = owners.filter(
    ({ units, unreachable }) =>
      unreachable === undefined &&
      (units === null || units.length === 0 || units.some((unit) => !done.has(unit))),
  );
  const byOrigin = new Map(left.map((owner) => [originKey(owner), owner]));
  return [...byOrigin.values()].map((owner) => {
    const configured = entries[owner.entry];
    if (configured === undefined) throw new Error(`there is no entry ${owner.entry}`);
    return { owner, entry: entryOf(owner, configured) };
  });
}
