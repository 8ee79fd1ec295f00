import { type Estate, estate as schema } from '../../../src/demo/gitlab/estate.ts';
import { serveEstate } from '../../../src/demo/gitlab/serve-estate.ts';
import { provider } from '../../../src/providers/gitlab/index.ts';
import { type Scan, type ScanOptions, scanProvider } from '../scan-provider.ts';
import { estateCheck, readScenario } from '../scenarios.ts';

const checked = estateCheck<Estate>(schema);

/** The scenarios of `fixtures/gitlab`, by folder. */
export const scenarios = [
  'all-bad',
  'all-denied',
  'all-good',
  'demo',
  'empty',
  'free',
  'half-denied',
  'new-word',
  'paging',
  'throttled',
  'traps',
] as const;
export type Scenario = (typeof scenarios)[number];

/** Reads a scenario. Rejects when it is no estate. */
export async function scenario(name: Scenario): Promise<Estate> {
  return checked(name, await readScenario('gitlab', name));
}

/** Scans an estate through the real adapter over a loopback socket. */
export async function scanEstate(estate: Estate, options: ScanOptions = {}): Promise<Scan> {
  const { options: leads, address, ...served } = await serveEstate(estate);
  return scanProvider(
    provider,
    { ...served, asOf: estate.asOf },
    {
      address,
      ...options,
      options: { ...leads, ...options.options },
      context: { environment: served.environment, ...options.context },
    },
  );
}
