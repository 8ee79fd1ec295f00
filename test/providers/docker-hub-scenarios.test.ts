import { provider } from '../../src/providers/docker-hub/index.ts';
import { scanHub } from '../support/docker-hub/scan-hub.ts';
import { hubScenario, hubScenarios } from '../support/docker-hub/scenario.ts';
import { goldensHold } from '../support/scenarios.ts';

goldensHold(provider, hubScenarios, async (name, whole) => scanHub(await hubScenario(name), whole));
