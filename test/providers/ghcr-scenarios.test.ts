import type { Estate } from '../../src/demo/ghcr/estate.ts';
import { serveEstate } from '../../src/demo/ghcr/serve-estate.ts';
import { provider } from '../../src/providers/ghcr/index.ts';
import { scanProvider } from '../support/scan-provider.ts';
import { goldensHold, readScenario } from '../support/scenarios.ts';

goldensHold(provider, ['demo'], async (name, whole) => {
  const estate = (await readScenario('ghcr', name)) as unknown as Estate;
  const { url, ...served } = await serveEstate(estate);
  const options = { address: 'ghcr.example.org', ...whole, options: { url } };
  return scanProvider(provider, { ...served, asOf: estate.asOf }, options);
});
