import { type Estate, estate } from '../../../src/demo/acr/estate.ts';
import { estateCheck, type Fields, merge, readScenario } from '../scenarios.ts';

const checked = estateCheck<Estate>(estate);

/** The scenarios of `fixtures/acr`, by folder. */
export const scenarios = [
  'all-bad',
  'all-denied',
  'all-good',
  'demo',
  'empty',
  'half-denied',
  'new-word',
  'old-api',
  'paging',
  'throttled',
  'traps',
] as const;
export type Scenario = (typeof scenarios)[number];

/** Reads a scenario. Rejects when it is no estate. */
export async function scenario(name: Scenario): Promise<Estate> {
  return checked(name, withDefaults(await readScenario('acr', name)));
}

/** `defaults` of a scenario is what each of its registries is merged into. */
function withDefaults({ defaults, ...rest }: Fields): Fields {
  if (defaults === undefined) return rest;
  const subscriptions = each(rest['subscriptions'], (subscription) => ({
    ...subscription,
    registries: each(subscription['registries'], (registry) => merge(fieldsOf(defaults), registry)),
  }));
  return { ...rest, subscriptions };
}

function each(of: unknown, change: (fields: Fields) => Fields): Fields {
  const entries = Object.entries(fieldsOf(of));
  return Object.fromEntries(entries.map(([key, value]) => [key, change(fieldsOf(value))]));
}

function fieldsOf(value: unknown): Fields {
  return Object.fromEntries(Object.entries(Object(value)));
}
