import { scanHub } from '../support/docker-hub/scan-hub.ts';
import { hubScenario, hubScenarios } from '../support/docker-hub/scenario.ts';
import { goldensHold } from '../support/scenarios.ts';

goldensHold('docker-hub', hubScenarios, async (name) => scanHub(await hubScenario(name)));
