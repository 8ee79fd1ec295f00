import { type Estate, estate as schema } from '../../../src/demo/quay/estate.ts';
import { demoHost, serveEstate } from '../../../src/demo/quay/serve-estate.ts';
import { provider } from '../../../src/providers/quay/index.ts';
import { type Scan, type ScanOptions, scanProvider } from '../scan-provider.ts';
import { estateCheck, readScenario } from '../scenarios.ts';

const checked = estateCheck<Estate>(schema);

/** The scenarios of `fixtures/quay`, by folder. */
export const scenarios = [
  'all-bad',
  'all-denied',
  'all-good',
  'demo',
  'empty',
  'expired-token',
  'features-off',
  'half-denied',
  'new-word',
  'paging',
  'throttled',
  'traps',
  'user-namespace',
] as const;
export type Scenario = (typeof scenarios)[number];

/** Reads a scenario. Rejects when it is no estate. */
export async function scenario(name: Scenario): Promise<Estate> {
  return checked(name, await readScenario('quay', name));
}

/** Scans an estate through the real adapter over a loopback socket: the organization acme, or `address`. */
export async function scanEstate(estate: Estate, options: ScanOptions = {}): Promise<Scan> {
  const served = await serveEstate(estate);
  return scanProvider(
    provider,
    { ...served, asOf: estate.asOf },
    {
      address: `${demoHost}/acme`,
      ...options,
      options: { url: served.url, ...options.options },
      context: { environment: served.environment, ...options.context },
    },
  );
}
