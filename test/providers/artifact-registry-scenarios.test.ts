import { provider } from '../../src/providers/artifact-registry/index.ts';
import { scanEstate } from '../support/google/scan-estate.ts';
import { type Scenario, scenario, scenarios } from '../support/google/scenario.ts';
import { goldensHold } from '../support/scenarios.ts';

/** Estates of several projects are scanned by their organisation, the others by the environment. */
const wide: readonly Scenario[] = ['all-bad', 'demo', 'traps'];

goldensHold(provider, scenarios, async (name, whole) => {
  const estate = await scenario(name);
  const organization = estate.organization?.id;
  return scanEstate(estate, {
    ...whole,
    ...(wide.includes(name) ? { options: { organization } } : {}),
  });
});
