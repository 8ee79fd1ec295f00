import { isDeepStrictEqual } from 'node:util';
import type { RegistryEntry } from '../config/schema.ts';
import type { PlannedOwner } from '../fleet/plan-file.ts';
import type { Registry } from '../providers/contract.ts';
import { groupOf } from './group-of.ts';
import type { Opening } from './open-targets.ts';
import { opened, type Providers } from './targets.ts';

/** A registry of a target, as it was listed. */
export interface Listed {
  readonly registry: Registry;
  readonly of: Opening;
}

/** What the owners of a plan are made of. */
export interface Discovery {
  readonly entries: readonly RegistryEntry[];
  readonly providers: Providers;
  /** Every target, those of organisations included. */
  readonly openings: readonly Opening[];
  readonly listed: readonly Listed[];
  /** Calls of an earlier run by registry; empty: not known. */
  readonly calls: ReadonlyMap<string, number>;
}

/**
 * The owners of a plan. A group with a registry that could not be listed has unknown registries; a target without any
 * is an owner as well, for it may have some when it is read.
 */
export async function plannedOwners(discovery: Discovery): Promise<readonly PlannedOwner[]> {
  const { openings, listed, calls } = discovery;
  const weigh = weigher(calls);
  const byOpening = grouped(listed, ({ of }) => of);
  const all: PlannedOwner[] = [];
  for (const opening of openings) {
    const registries = (byOpening.get(opening) ?? []).map(({ registry }) => registry);
    const source = await sourceOf(opening, discovery);
    if (opening.missing !== undefined) {
      const { missing: unreachable } = opening;
      for (const { id } of registries)
        all.push({ ...source, id, units: null, weight: 0, unreachable });
      continue;
    }
    if (registries.length === 0)
      all.push({ ...source, id: idOf(opening), units: [], weight: weigh([]) });
    for (const [id, group] of grouped(registries, (one) => groupOf(one.id))) {
      const open = group.some(({ unreachable }) => unreachable !== undefined);
      const units = open ? null : group.map((one) => one.id).sort();
      all.push({ ...source, id, units, weight: weigh(units) });
    }
  }
  return all;
}

/** Where an owner comes from; none of it is a value of the configuration. */
async function sourceOf(
  { entry, target }: Opening,
  { entries, providers }: Discovery,
): Promise<Pick<PlannedOwner, 'entry' | 'from' | 'target' | 'set' | 'without'>> {
  const configured = entries[entry];
  if (configured === undefined) throw new Error(`there is no entry ${entry}`);
  const from = configured.target;
  const own = (await opened(configured, providers)).target;
  if (own.address === target.address) return { entry, from, target: from, set: {}, without: [] };
  const set = Object.entries(target.options).filter(
    ([name, value]) => !isDeepStrictEqual(value, own.options[name]),
  );
  const without = Object.keys(own.options).filter((name) => !Object.hasOwn(target.options, name));
  return {
    entry,
    from,
    target: `${target.provider}://${target.address}`,
    set: Object.fromEntries(set),
    without,
  };
}

function idOf({ target: { provider, address } }: Opening): string {
  return `${provider}://${address === '' ? 'unknown' : address}`;
}

function grouped<K, T>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** One that the earlier run did not have weighs as much as the others on average. */
function weigher(calls: ReadonlyMap<string, number>): (units: readonly string[] | null) => number {
  const sum = [...calls.values()].reduce((all, one) => all + one, 0);
  const usual = calls.size === 0 ? 1 : Math.round(sum / calls.size);
  return (units) =>
    (units ?? ['unknown']).reduce((all, unit) => all + (calls.get(unit) ?? usual), 0);
}

/** The entry that a planned owner is opened by: that of the configuration, as the plan changes it. */
export function entryOf(
  { target, set, without }: PlannedOwner,
  configured: RegistryEntry,
): RegistryEntry {
  const kept = Object.entries(configured).filter(([name]) => !without.includes(name));
  return { ...Object.fromEntries(kept), ...set, target };
}
