import { type RestAnswers, restAnswers } from '../rest.ts';
import { serve } from '../wire-server.ts';
import type { Estate } from './estate.ts';
import { graphqlRoutes } from './graphql-routes.ts';
import { registryRefusal, registryRoutes } from './registry-routes.ts';
import { demoToken, refusal } from './replies.ts';
import { groupRoutes, instanceRoutes, projectRoutes } from './rest-routes.ts';

const ofRegistry = ['getRegistryToken', 'getManifest', 'listReferrers'];

/** Answers GitLab's REST and GraphQL APIs and its registry from an estate. */
export function gitlabAnswers(estate: Estate): RestAnswers {
  return restAnswers({
    routes: [
      ...instanceRoutes(estate),
      ...groupRoutes(estate),
      ...projectRoutes(estate),
      ...graphqlRoutes(estate),
      ...registryRoutes(estate),
    ],
    refusals: {
      denied: (operation) =>
        ofRegistry.includes(operation)
          ? registryRefusal(403, 'DENIED', 'requested access to the resource is denied')
          : refusal(403, 'Forbidden'),
      throttled: () => ({ ...refusal(429, 'Too Many Requests'), headers: { 'retry-after': '1' } }),
      'not-implemented': () => refusal(404, 'Not Found'),
    },
    faults: estate.faults,
    unknownPath: () => ({ status: 404, json: { error: '404 Not Found' } }),
  });
}

/** Serves an estate on the loopback interface. Rejects when no port can be opened. */
export async function serveEstate(estate: Estate) {
  const { answer, ...answers } = gitlabAnswers(estate);
  const { url, close } = await serve(answer);
  return {
    url,
    /** Options that lead all calls here. */
    options: { url, registryUrl: url },
    address: estate.target === undefined ? estate.host : `${estate.host}/${estate.target}`,
    environment: { GITLAB_TOKEN: estate.token ?? demoToken },
    ...answers,
    close,
  };
}
