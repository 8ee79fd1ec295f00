import { type RestAnswers, restAnswers } from '../rest.ts';
import { serve } from '../wire-server.ts';
import { armRoutes } from './arm-routes.ts';
import { armError, armRefusals, tenantId } from './arm-shapes.ts';
import { dataRoutes } from './data-routes.ts';
import { dataRefusals } from './data-shapes.ts';
import { entraAnswer } from './entra.ts';
import type { Estate } from './estate.ts';
import { graphRoutes } from './graph-routes.ts';

/** An estate served over HTTP. */
export interface ServedEstate extends Pick<RestAnswers, 'calls' | 'strays' | 'unmetFaults'> {
  /** The endpoint of Resource Manager and Entra; registries and vaults are below their names. */
  readonly endpoint: string;
  /** Environment variables for Azure's credential chain; not valid anywhere else. */
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** Responds like Azure. Calls to Entra are not counted. */
export function acrAnswers(estate: Estate): RestAnswers {
  const arm = armRoutes(estate);
  const data = dataRoutes(estate);
  const ofData = new Set(data.map(({ name }) => name));
  const refusal = (kind: 'denied' | 'throttled' | 'not-implemented') => (operation: string) =>
    ofData.has(operation) ? dataRefusals[kind] : armRefusals[kind];
  return restAnswers({
    routes: [...graphRoutes(estate), ...data, ...arm],
    faults: estate.faults,
    refusals: {
      denied: refusal('denied'),
      throttled: refusal('throttled'),
      'not-implemented': refusal('not-implemented'),
    },
    unknownPath: () => ({ status: 404, json: armError('InvalidResourceType', 'no such path') }),
  });
}

/** Serves an estate on the loopback interface. Rejects when no port can be opened. */
export async function serveEstate(estate: Estate): Promise<ServedEstate> {
  const { answer, calls, strays, unmetFaults } = acrAnswers(estate);
  const { url, close } = await serve((request) => entraAnswer(estate, request) ?? answer(request));
  return {
    endpoint: url,
    environment: {
      AZURE_TENANT_ID: tenantId,
      AZURE_CLIENT_ID: '22222222-2222-2222-2222-222222222222',
      AZURE_CLIENT_SECRET: 'demo',
      AZURE_TOKEN_CREDENTIALS: 'EnvironmentCredential',
    },
    calls,
    strays,
    unmetFaults,
    close,
  };
}
