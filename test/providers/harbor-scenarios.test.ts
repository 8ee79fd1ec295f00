import { provider } from '../../src/providers/harbor/index.ts';
import { scanEstate, scenario, scenarios } from '../support/harbor/scan.ts';
import { goldensHold } from '../support/scenarios.ts';

goldensHold(provider, scenarios, async (name, whole) => scanEstate(await scenario(name), whole));
