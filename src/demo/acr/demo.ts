import fixture from '../../../fixtures/acr/demo/estate.json' with { type: 'json' };
import type { ServedDemo } from '../demo.ts';
import type { Estate } from './estate.ts';
import { serveEstate } from './serve-estate.ts';

/** The demo registries of Azure. */
export async function acrDemo(): Promise<ServedDemo> {
  const { endpoint, environment, close } = await serveEstate(fixture as Estate);
  return {
    entries: [{ target: 'acr', endpoint, authority: endpoint }],
    environment,
    hiddenVariables: ['AZURE_'],
    close,
  };
}
