import type { Estate } from '../../../src/demo/acr/estate.ts';
import { serveEstate } from '../../../src/demo/acr/serve-estate.ts';
import { provider } from '../../../src/providers/acr/index.ts';
import { type Scan, type ScanOptions, scanProvider } from '../scan-provider.ts';

/** Scans an estate of Azure through the real adapter and the real clients over a loopback socket. */
export async function scanEstate(estate: Estate, options: ScanOptions = {}): Promise<Scan> {
  const served = await serveEstate(estate);
  // The client finds its credentials in the environment of the tests, see `vitest.config.ts`.
  const { endpoint } = served;
  return scanProvider(
    provider,
    { ...served, asOf: estate.asOf },
    { ...options, options: { endpoint, authority: endpoint, ...options.options } },
  );
}
