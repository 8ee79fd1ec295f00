import type { PlannedOwner } from './plan-file.ts';

/**
 * In: the owners of a plan, in its order. Out: those of each shard. The heaviest goes first, to the shard that has
 * least, so that every machine finds the same answer alone.
 */
export function shardsOf(
  owners: readonly PlannedOwner[],
  shards: number,
): readonly (readonly PlannedOwner[])[] {
  const all = Array.from({ length: shards }, (_, index) => ({
    index,
    load: 0,
    owners: [] as PlannedOwner[],
  }));
  // Each owner costs its sign-in, so many small ones are not all given to one shard.
  const cost = ({ weight }: PlannedOwner) => weight + 1;
  for (const owner of owners.toSorted((a, b) => cost(b) - cost(a))) {
    const least = all.reduce((best, one) => (one.load < best.load ? one : best));
    least.load += cost(owner);
    least.owners.push(owner);
  }
  return all.map((shard) => shard.owners);
}

/** Where a registry comes from: the entry of the configuration, and the target that was opened. */
export type Origin = Pick<PlannedOwner, 'entry' | 'target'>;

/**
 * Whose a registry is. `groupOf`: the id of the owner that its name tells. One that was planned belongs to its owner;
 * one that was not, to the owner of its group, else to the first owner of its target: so each is somebody's. Null: it
 * is read by another target.
 */
export function ownership(
  owners: readonly PlannedOwner[],
  groupOf: (registry: string) => string,
): (registry: string, from: Origin) => PlannedOwner | null {
  const planned = new Map<string, PlannedOwner>();
  const groups = new Map<string, PlannedOwner>();
  const targets = new Map<string, PlannedOwner>();
  for (const owner of owners) {
    if (owner.unreachable !== undefined) continue;
    const key = originKey(owner);
    for (const unit of owner.units ?? []) planned.set(unit, owner);
    groups.set(`${key} ${owner.id}`, owner);
    if (!targets.has(key)) targets.set(key, owner);
  }
  return (registry, from) => {
    const key = originKey(from);
    const owner =
      planned.get(registry) ?? groups.get(`${key} ${groupOf(registry)}`) ?? targets.get(key);
    return owner !== undefined && originKey(owner) === key ? owner : null;
  };
}

/** Equal for owners that one target opens. */
export function originKey({ entry, target }: Origin): string {
  return `${entry} ${target}`;
}
