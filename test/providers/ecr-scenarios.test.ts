import { scenario, scenarios } from '../support/aws/scenario.ts';
import { scanEstate } from '../support/scan-estate.ts';
import { goldensHold } from '../support/scenarios.ts';

goldensHold('ecr', scenarios, async (name) =>
  scanEstate(await scenario(name), { options: { regions: 'all' } }),
);
