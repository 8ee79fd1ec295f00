import { estate, type OciEstate } from '../../../src/demo/oci/estate.ts';
import { serveOci } from '../../../src/demo/oci/serve-estate.ts';
import { provider } from '../../../src/providers/oci/index.ts';
import { type Scan, type ScanOptions, scanProvider } from '../scan-provider.ts';
import { estateCheck, readScenario } from '../scenarios.ts';

const checked = estateCheck<OciEstate>(estate);

/** The scenarios of `fixtures/oci`, by folder. */
export const ociScenarios = [
  'all-bad',
  'all-denied',
  'all-good',
  'demo',
  'empty',
  'half-denied',
  'new-word',
  'other-product',
  'paging',
  'passwords',
  'pull-through',
  'read-only',
  'test-authentication',
  'throttled',
  'traps',
] as const;
export type OciScenario = (typeof ociScenarios)[number];

/** Reads a scenario. Rejects when it is no estate. */
export async function ociScenario(name: OciScenario): Promise<OciEstate> {
  return checked(name, await readScenario('oci', name));
}

/** Scans a registry through the real adapter and client over a loopback socket. */
export async function scanOci(
  scene: OciEstate,
  options: ScanOptions = {},
): Promise<Scan & { readonly strays: readonly string[] }> {
  const served = await serveOci(scene);
  const scan = await scanProvider(
    provider,
    { ...served, asOf: scene.asOf },
    {
      address: 'registry.example.org',
      ...options,
      options: { url: served.url, ...options.options },
    },
  );
  return { ...scan, strays: served.strays };
}
