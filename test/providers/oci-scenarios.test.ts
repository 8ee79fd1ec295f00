import { provider } from '../../src/providers/oci/index.ts';
import { ociScenario, ociScenarios, scanOci } from '../support/oci/scan-oci.ts';
import { goldensHold } from '../support/scenarios.ts';

goldensHold(provider, ociScenarios, async (name, whole) => scanOci(await ociScenario(name), whole));
