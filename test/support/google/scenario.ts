import { type Estate, estate } from '../../../src/demo/artifact-registry/estate.ts';
import { estateCheck, readScenario } from '../scenarios.ts';

const checked = estateCheck<Estate>(estate);

/** The scenarios of `fixtures/artifact-registry`, by folder. */
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
  return checked(name, await readScenario('artifact-registry', name));
}
