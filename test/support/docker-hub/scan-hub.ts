import type { HubEstate } from '../../../src/demo/docker-hub/estate.ts';
import { serveHub } from '../../../src/demo/docker-hub/serve-estate.ts';
import { provider } from '../../../src/providers/docker-hub/index.ts';
import { type Scan, type ScanOptions, scanProvider } from '../scan-provider.ts';

/** What is asked for everything: both of what the configuration has to switch on. */
export const everything = { scout: true, webhooks: true } as const;

/** Scans a namespace of Docker Hub through the real adapter and client over a loopback socket. */
export async function scanHub(
  estate: HubEstate,
  options: ScanOptions = {},
): Promise<Scan & { readonly strays: readonly string[] }> {
  const served = await serveHub(estate);
  const scan = await scanProvider(
    provider,
    { ...served, asOf: estate.asOf },
    {
      address: estate.namespace,
      ...options,
      options: { ...served.options, ...everything, ...options.options },
    },
  );
  return { ...scan, strays: served.strays };
}
