import { provider } from '../../src/providers/nexus/index.ts';
import { scanEstate, scenario, scenarios } from '../support/nexus/scan.ts';
import { goldensHold } from '../support/scenarios.ts';

goldensHold(provider, scenarios, async (name, whole) => scanEstate(await scenario(name), whole));
