import { Ajv } from 'ajv';
import { estate, type HubEstate } from '../../../src/demo/docker-hub/estate.ts';
import { readScenario } from '../scenarios.ts';

const valid = new Ajv({ strict: false }).compile<HubEstate>(estate);

/** The scenarios of `fixtures/docker-hub`, by folder. */
export const hubScenarios = [
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
type HubScenario = (typeof hubScenarios)[number];

/** Reads a scenario. Rejects when it is no estate. */
export async function hubScenario(name: HubScenario): Promise<HubEstate> {
  const merged = await readScenario('docker-hub', name);
  if (valid(merged)) return merged;
  throw new Error(`${name} is no estate: ${JSON.stringify(valid.errors?.slice(0, 3))}`);
}
