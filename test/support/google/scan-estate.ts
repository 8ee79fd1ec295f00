import type { Estate } from '../../../src/demo/artifact-registry/estate.ts';
import { serveEstate } from '../../../src/demo/artifact-registry/serve-estate.ts';
import { provider } from '../../../src/providers/artifact-registry/index.ts';
import { type Scan, type ScanOptions, scanProvider } from '../scan-provider.ts';

/** Scans a Google estate through the real adapter, sign-in and clients over a loopback socket. */
export async function scanEstate(estate: Estate, options: ScanOptions = {}): Promise<Scan> {
  const served = await serveEstate(estate);
  return scanProvider(
    provider,
    { ...served, asOf: estate.asOf },
    { ...options, options: { endpoint: served.endpoint, ...options.options } },
  );
}
