import fixture from '../../../fixtures/quay/demo/estate.json' with { type: 'json' };
import type { ServedDemo } from '../demo.ts';
import type { Estate } from './estate.ts';
import { demoHost, serveEstate } from './serve-estate.ts';

/** The demo organization of Quay. */
export async function quayDemo(): Promise<ServedDemo> {
  const { url, environment, close } = await serveEstate(fixture as Estate);
  const entries = [{ target: `quay://${demoHost}/acme`, url }];
  return { entries, environment, hiddenVariables: ['QUAY_'], close };
}
