import { provider } from '../../src/providers/quay/index.ts';
import { scanEstate, scenario, scenarios } from '../support/quay/scan.ts';
import { goldensHold } from '../support/scenarios.ts';

goldensHold(provider, scenarios, async (name, whole) => scanEstate(await scenario(name), whole));
