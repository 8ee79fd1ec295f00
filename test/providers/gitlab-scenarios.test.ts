import { provider } from '../../src/providers/gitlab/index.ts';
import { scanEstate, scenario, scenarios } from '../support/gitlab/scan.ts';
import { goldensHold } from '../support/scenarios.ts';

goldensHold(provider, scenarios, async (name, options) =>
  scanEstate(await scenario(name), options),
);
