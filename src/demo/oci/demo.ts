import fixture from '../../../fixtures/oci/demo/estate.json' with { type: 'json' };
import type { ServedDemo } from '../demo.ts';
import type { OciEstate } from './estate.ts';
import { serveOci } from './serve-estate.ts';

/** The demo registry of no product that has an adapter of its own. */
export async function ociDemo(): Promise<ServedDemo> {
  const { url, environment, close } = await serveOci(fixture as OciEstate);
  const entries = [{ target: 'oci://registry.example.org', url }];
  return { entries, environment, hiddenVariables: ['OCI_', 'DOCKER_'], close };
}
