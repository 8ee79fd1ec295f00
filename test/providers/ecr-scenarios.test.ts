import { provider } from '../../src/providers/ecr/index.ts';
import { scenario, scenarios } from '../support/aws/scenario.ts';
import { scanEstate } from '../support/scan-estate.ts';
import { goldensHold } from '../support/scenarios.ts';

goldensHold(provider, scenarios, async (name, whole) =>
  scanEstate(await scenario(name), { ...whole, options: { regions: 'all' } }),
);
