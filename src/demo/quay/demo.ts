import fixture from '../../../fixtures/quay/demo/estate.json' with { type: 'json' };
import type { ServedDemo } from '../demo.ts';
import type { Estate } from './estate.ts';
import { serveEstate } from './serve-estate.ts';

/** The demo registry of Quay. */
export async function quayDemo(): Promise<ServedDemo> {
  const { url, environment, close } = await serveEstate(fixture satisfies Estate);
  const entries = [{ target: 'quay://quay.example.org', url }];
  return { entries, environment, hiddenVariables: ['QUAY_'], close };
}
