import { provider } from '../../src/providers/ghcr/index.ts';
import { scanGhcr, scenario, scenarios } from '../support/ghcr/scan.ts';
import { goldensHold } from '../support/scenarios.ts';

goldensHold(provider, scenarios, async (name, whole) => scanGhcr(await scenario(name), whole));
