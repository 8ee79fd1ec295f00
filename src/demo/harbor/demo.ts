import fixture from '../../../fixtures/harbor/demo/estate.json' with { type: 'json' };
import type { ServedDemo } from '../demo.ts';
import type { Estate } from './estate.ts';
import { demoHost, serveEstate } from './serve-estate.ts';

/** The demo instance of Harbor. */
export async function harborDemo(): Promise<ServedDemo> {
  const { url, environment, close } = await serveEstate(fixture as Estate);
  return {
    entries: [{ target: `harbor://${demoHost}`, url }],
    environment,
    hiddenVariables: ['HARBOR_'],
    close,
  };
}
