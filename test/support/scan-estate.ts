import type { Estate } from '../../src/demo/aws/estate.ts';
import { serveEstate } from '../../src/demo/aws/serve-estate.ts';
import { provider } from '../../src/providers/ecr/index.ts';
import { type Scan, type ScanOptions, scanProvider } from './scan-provider.ts';

/** Scans an AWS estate through the real adapter and the real SDK over a loopback socket. */
export async function scanEstate(estate: Estate, options: ScanOptions = {}): Promise<Scan> {
  const served = await serveEstate(estate);
  // The SDK finds its credentials in the environment of the tests, see `vitest.config.ts`.
  return scanProvider(
    provider,
    { ...served, asOf: estate.asOf },
    { ...options, options: { endpoint: served.endpoint, ...options.options } },
  );
}
