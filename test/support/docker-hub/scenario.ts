import { estate, type HubEstate } from '../../../src/demo/docker-hub/estate.ts';
import { estateCheck, readScenario } from '../scenarios.ts';

const checked = estateCheck<HubEstate>(estate);

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
  return checked(name, await readScenario('docker-hub', name));
}
