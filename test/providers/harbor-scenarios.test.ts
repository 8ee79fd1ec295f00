import { scanEstate, scenario, scenarios } from '../support/harbor/scan.ts';
import { goldensHold } from '../support/scenarios.ts';

goldensHold('harbor', scenarios, async (name) => scanEstate(await scenario(name)));
