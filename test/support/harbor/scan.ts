import { type Estate, estate as schema } from '../../../src/demo/harbor/estate.ts';
import { demoHost, serveEstate } from '../../../src/demo/harbor/serve-estate.ts';
import { provider } from '../../../src/providers/harbor/index.ts';
import { type Scan, type ScanOptions, scanProvider } from '../scan-provider.ts';
import { estateCheck, readScenario } from '../scenarios.ts';

const checked = estateCheck<Estate>(schema);

/** The scenarios of `fixtures/harbor`, by folder. */
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
  return checked(name, await readScenario('harbor', name));
}

/** Scans an estate through the real adapter over a loopback socket. */
export async function scanEstate(estate: Estate, options: ScanOptions = {}): Promise<Scan> {
  const served = await serveEstate(estate);
  return scanProvider(
    provider,
    { ...served, asOf: estate.asOf },
    {
      address: demoHost,
      ...options,
      options: { url: served.url, ...options.options },
      context: { environment: served.environment, ...options.context },
    },
  );
}
