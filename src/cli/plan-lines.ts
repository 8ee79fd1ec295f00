import type { FleetPlan, PlannedOwner } from '../fleet/plan-file.ts';

export interface Costs {
  /** Calls that the plan itself took. */
  readonly made: number;
  /** Whether weights are the calls of an earlier run. */
  readonly weighed: boolean;
  /** Calls in flight for all registries together. */
  readonly concurrencyTotal: number;
  /** The owners of each shard; null: none were asked for. */
  readonly shards: readonly (readonly PlannedOwner[])[] | null;
}

const mostNamed = 10;

/** Seconds that a call takes, across an ocean or not. */
const usualLatency = 0.12;

/** What a person is told about a plan: what there is, what it costs, and what could not be listed. */
export function planLines(plan: FleetPlan, costs: Costs): readonly string[] {
  const { owners, notes } = plan;
  const registries = owners.reduce((all, { units }) => all + (units?.length ?? 0), 0);
  const closed = owners.filter(({ units }) => units === null);
  return [
    `${counted(owners.length - stray(owners), 'owner')}, ${counted(registries, 'registry', 'registries')}, ${counted(costs.made, 'call')} to list them`,
    ...price(owners, costs),
    ...(costs.shards === null ? [] : [balance(costs.shards, costs.weighed)]),
    ...notes,
    ...(closed.length === 0
      ? []
      : [
          `not listed: ${counted(closed.length, 'owner')}, which each shard tries again and the report names`,
          ...closed.slice(0, mostNamed).map(({ id }) => `  ${id}`),
          ...(closed.length > mostNamed ? [`  and ${closed.length - mostNamed} more`] : []),
        ]),
  ];
}

/** Owners that stand for what could not be listed. */
function stray(owners: readonly PlannedOwner[]): number {
  return owners.filter(({ unreachable }) => unreachable !== undefined).length;
}

function price(owners: readonly PlannedOwner[], costs: Costs): readonly string[] {
  if (!costs.weighed)
    return ['calls are not known; with --from an earlier snapshot they are those of that run'];
  const calls = loadOf(owners);
  const heaviest = costs.shards === null ? calls : Math.max(...costs.shards.map(loadOf));
  const minutes = (load: number) => {
    const seconds = (load * usualLatency) / costs.concurrencyTotal;
    return seconds < 60 ? 'under a minute' : `about ${Math.ceil(seconds / 60)} min`;
  };
  const many = costs.shards === null ? '' : `, ${minutes(heaviest)} in ${costs.shards.length}`;
  return [
    `about ${calls.toLocaleString('en')} calls as in the earlier run: ${minutes(calls)} in one process${many}`,
  ];
}

function balance(shards: readonly (readonly PlannedOwner[])[], weighed: boolean): string {
  const loads = shards.map(loadOf);
  const what = weighed ? 'calls' : 'registries';
  const [least, most] = [Math.min(...loads), Math.max(...loads)];
  return `${counted(shards.length, 'shard')}: ${least.toLocaleString('en')} to ${most.toLocaleString('en')} ${what} each`;
}

function loadOf(owners: readonly PlannedOwner[]): number {
  return owners.reduce((all, { weight }) => all + weight, 0);
}

function counted(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}
