import fixture from '../../../fixtures/ghcr/demo/estate.json' with { type: 'json' };
import type { ServedDemo } from '../demo.ts';
import type { Estate } from './estate.ts';
import { serveEstate } from './serve-estate.ts';

/** The demo registry of Ghcr. */
export async function ghcrDemo(): Promise<ServedDemo> {
  const { url, environment, close } = await serveEstate(fixture satisfies Estate);
  const entries = [{ target: 'ghcr://ghcr.example.org', url }];
  return { entries, environment, hiddenVariables: ['GHCR_'], close };
}
