import fixture from '../../../fixtures/nexus/demo/estate.json' with { type: 'json' };
import type { ServedDemo } from '../demo.ts';
import type { Estate } from './estate.ts';
import { serveEstate } from './serve-estate.ts';

/** The demo registry of Nexus. */
export async function nexusDemo(): Promise<ServedDemo> {
  const { url, environment, close } = await serveEstate(fixture satisfies Estate);
  const entries = [{ target: 'nexus://nexus.example.org', url }];
  return { entries, environment, hiddenVariables: ['NEXUS_'], close };
}
