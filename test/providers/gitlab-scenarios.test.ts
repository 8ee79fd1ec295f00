import type { Estate } from '../../src/demo/gitlab/estate.ts';
import { serveEstate } from '../../src/demo/gitlab/serve-estate.ts';
import { provider } from '../../src/providers/gitlab/index.ts';
import { scanProvider } from '../support/scan-provider.ts';
import { goldensHold, readScenario } from '../support/scenarios.ts';

goldensHold(provider, ['demo'], async (name, whole) => {
  const estate = (await readScenario('gitlab', name)) as unknown as Estate;
  const { url, ...served } = await serveEstate(estate);
  const options = { address: 'gitlab.example.org', ...whole, options: { url } };
  return scanProvider(provider, { ...served, asOf: estate.asOf }, options);
});
