import type { Estate } from '../../src/demo/oci/estate.ts';
import { serveEstate } from '../../src/demo/oci/serve-estate.ts';
import { provider } from '../../src/providers/oci/index.ts';
import { scanProvider } from '../support/scan-provider.ts';
import { goldensHold, readScenario } from '../support/scenarios.ts';

goldensHold(provider, ['demo'], async (name, whole) => {
  const estate = (await readScenario('oci', name)) as unknown as Estate;
  const { url, ...served } = await serveEstate(estate);
  const options = { address: 'oci.example.org', ...whole, options: { url } };
  return scanProvider(provider, { ...served, asOf: estate.asOf }, options);
});
