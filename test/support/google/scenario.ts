import { Ajv } from 'ajv';
import { type Estate, estate } from '../../../src/demo/artifact-registry/estate.ts';
import { readScenario } from '../scenarios.ts';

const valid = new Ajv({ strict: false }).compile<Estate>(estate);

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
  const merged = await readScenario('artifact-registry', name);
  if (valid(merged)) return merged;
  throw new Error(`${name} is no estate: ${JSON.stringify(valid.errors?.slice(0, 3))}`);
}
