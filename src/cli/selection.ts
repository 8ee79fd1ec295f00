import type { FleetPlan, Selection } from '../fleet/plan-file.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Settings } from './settings.ts';

/** What a run collects, for a plan. */
export function selectionOf({
  checks,
  include,
  exclude,
  newest,
  mayPull,
  probe,
}: Pick<Settings, 'checks' | 'include' | 'exclude' | 'newest' | 'mayPull' | 'probe'>): Selection {
  const ids = checks.map(({ id }) => id).sort();
  return { checks: ids, include: [...include], exclude: [...exclude], newest, mayPull, probe };
}

/** Throws `UsageError` where a run would collect something else than was planned: the parts would not fit. */
export function refuseOtherSelection(plan: FleetPlan, settings: Settings): void {
  const own = selectionOf(settings);
  const names = Object.keys(own) as (keyof Selection)[];
  const other = names.find(
    (name) => JSON.stringify(own[name]) !== JSON.stringify(plan.selection[name]),
  );
  if (other === undefined) return;
  throw new UsageError(
    `the plan was made for ${other}: ${shown(plan.selection[other], own[other])}; here it is ${shown(own[other], plan.selection[other])}`,
    'use the configuration and flags of the plan, or make the plan again',
  );
}

/** Of a list what the other does not have, since lists of checks are long. */
function shown(value: unknown, other: unknown): string {
  if (!Array.isArray(value) || !Array.isArray(other)) return JSON.stringify(value);
  const more = value.filter((one) => !other.includes(one));
  return `${value.length} of them${more.length === 0 ? '' : `, among them ${more.slice(0, 3).join(', ')}`}`;
}
