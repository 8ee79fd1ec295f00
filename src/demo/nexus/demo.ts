import fixture from '../../../fixtures/nexus/demo/estate.json' with { type: 'json' };
import type { ServedDemo } from '../demo.ts';
import type { Estate } from './estate.ts';
import { demoHost, serveEstate } from './serve-estate.ts';

/** The demo server of Nexus Repository. */
export async function nexusDemo(): Promise<ServedDemo> {
  const { url, environment, close } = await serveEstate(fixture as Estate);
  const entries = [{ target: `nexus://${demoHost}`, url }];
  return { entries, environment, hiddenVariables: ['NEXUS_'], close };
}
