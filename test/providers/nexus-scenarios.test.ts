import type { Estate } from '../../src/demo/nexus/estate.ts';
import { serveEstate } from '../../src/demo/nexus/serve-estate.ts';
import { provider } from '../../src/providers/nexus/index.ts';
import { scanProvider } from '../support/scan-provider.ts';
import { goldensHold, readScenario } from '../support/scenarios.ts';

goldensHold(provider, ['demo'], async (name, whole) => {
  const estate = (await readScenario('nexus', name)) as unknown as Estate;
  const { url, ...served } = await serveEstate(estate);
  const options = { address: 'nexus.example.org', ...whole, options: { url } };
  return scanProvider(provider, { ...served, asOf: estate.asOf }, options);
});
