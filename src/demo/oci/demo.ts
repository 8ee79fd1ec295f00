import fixture from '../../../fixtures/oci/demo/estate.json' with { type: 'json' };
import type { ServedDemo } from '../demo.ts';
import type { Estate } from './estate.ts';
import { serveEstate } from './serve-estate.ts';

/** The demo registry of Oci. */
export async function ociDemo(): Promise<ServedDemo> {
  const { url, environment, close } = await serveEstate(fixture satisfies Estate);
  const entries = [{ target: 'oci://oci.example.org', url }];
  return { entries, environment, hiddenVariables: ['OCI_'], close };
}
