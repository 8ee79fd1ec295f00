import type { Estate } from '../../src/demo/quay/estate.ts';
import { serveEstate } from '../../src/demo/quay/serve-estate.ts';
import { provider } from '../../src/providers/quay/index.ts';
import { scanProvider } from '../support/scan-provider.ts';
import { goldensHold, readScenario } from '../support/scenarios.ts';

goldensHold(provider, ['demo'], async (name, whole) => {
  const estate = (await readScenario('quay', name)) as unknown as Estate;
  const { url, ...served } = await serveEstate(estate);
  const options = { address: 'quay.example.org', ...whole, options: { url } };
  return scanProvider(provider, { ...served, asOf: estate.asOf }, options);
});
