import { estate, type GhcrEstate } from '../../../src/demo/ghcr/estate.ts';
import { serveGhcr } from '../../../src/demo/ghcr/serve-estate.ts';
import { provider } from '../../../src/providers/ghcr/index.ts';
import { type Scan, type ScanOptions, scanProvider } from '../scan-provider.ts';
import { estateCheck, readScenario } from '../scenarios.ts';

const checked = estateCheck<GhcrEstate>(estate);

/** The scenarios of `fixtures/ghcr`, by folder. */
export const scenarios = [
  'all-bad',
  'all-denied',
  'all-good',
  'demo',
  'empty',
  'half-denied',
  'new-word',
  'paging',
  'throttled',
  'traps',
  'user',
] as const;

/** Reads a scenario. Rejects when it is no estate. */
export async function scenario(name: (typeof scenarios)[number]): Promise<GhcrEstate> {
  return checked(name, await readScenario('ghcr', name));
}

/** Scans an owner on GitHub through the real adapter and client over a loopback socket. */
export async function scanGhcr(
  found: GhcrEstate,
  options: ScanOptions = {},
): Promise<Scan & { readonly strays: readonly string[] }> {
  const served = await serveGhcr(found);
  const scan = await scanProvider(
    provider,
    { ...served, asOf: found.asOf },
    { address: found.owner.login, ...options, options: { ...served.options, ...options.options } },
  );
  return { ...scan, strays: served.strays };
}
