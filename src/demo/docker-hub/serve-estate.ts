import { devNull } from 'node:os';
import { type RestAnswers, type RestReply, restAnswers } from '../rest.ts';
import { serve, type WireRequest } from '../wire-server.ts';
import { refusal, secrets } from './answering.ts';
import type { HubEstate } from './estate.ts';
import { hubRoutes } from './hub.ts';
import { organizationRoutes, tokenRoutes } from './organization.ts';
import { registryRefusal, registryRoutes } from './registry.ts';
import { scoutPath, scoutQueries, scoutRoutes } from './scout.ts';

/** An estate served over HTTP. */
export interface ServedHub extends Pick<RestAnswers, 'calls' | 'strays' | 'unmetFaults'> {
  readonly url: string;
  /** Options that send all calls to this server. */
  readonly options: Readonly<Record<string, string>>;
  /** Credentials that are not valid anywhere else. */
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** The responses of a Docker Hub namespace, its registry and Docker Scout. */
export function hubAnswers(estate: HubEstate): RestAnswers {
  const answers = restAnswers({
    routes: [
      ...hubRoutes(estate),
      ...organizationRoutes(estate),
      ...tokenRoutes(estate),
      ...registryRoutes(estate),
      ...scoutRoutes(estate),
    ],
    refusals: {
      denied: (operation) =>
        ofRegistry(operation)
          ? registryRefusal(403, 'DENIED', 'requested access to the resource is denied')
          : refusal(403, 'forbidden'),
      throttled: (operation) => ({
        ...(ofRegistry(operation)
          ? registryRefusal(429, 'TOOMANYREQUESTS', 'You have reached your pull rate limit.')
          : refusal(429, 'Rate limit exceeded')),
        // A point in time in the past.
        headers: { 'x-retry-after': '1' },
      }),
      'not-implemented': () => notFound(),
    },
    faults: estate.faults,
    unknownPath: notFound,
  });
  return { ...answers, answer: (request) => answers.answer(bySubject(request)) };
}

function notFound(): RestReply {
  return refusal(404, '404 page not found');
}

function ofRegistry(operation: string): boolean {
  return ['GetRegistryToken', 'GetManifest', 'ListReferrers'].includes(operation);
}

/** Adds the subject of a Docker Scout query to its path: all queries have one URL. */
function bySubject(request: WireRequest): WireRequest {
  if (request.path !== scoutPath) return request;
  const field = Object.keys(scoutQueries).find((name) => request.body.includes(name));
  return field === undefined ? request : { ...request, path: `${scoutPath}/${field}` };
}

/** Serves an estate on the loopback interface. Rejects when no port can be opened. */
export async function serveHub(estate: HubEstate): Promise<ServedHub> {
  const { answer, calls, strays, unmetFaults } = hubAnswers(estate);
  const { url, close } = await serve(answer);
  const { username, credential } = estate.caller;
  return {
    url,
    options: { endpoint: url, registryEndpoint: url, scoutEndpoint: url },
    environment: {
      DOCKER_USERNAME: username,
      DOCKER_PASSWORD: secrets[credential],
      DOCKER_CONFIG: devNull,
    },
    calls,
    strays,
    unmetFaults,
    close,
  };
}
