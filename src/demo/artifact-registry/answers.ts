import { Refused, type RestAnswers, type Route, restAnswers } from '../rest.ts';
import type { Estate } from './estate.ts';
import { googleError, refusals } from './google-error.ts';
import { holdings } from './holdings.ts';
import { analysisRoutes } from './routes/analysis.ts';
import { distributionRoutes } from './routes/distribution.ts';
import { deploymentRoutes, identityRoutes, neighbourRoutes } from './routes/governance.ts';
import { hierarchyRoutes } from './routes/hierarchy.ts';
import { registryRoutes } from './routes/registry.ts';

/** The token of the sign-in; not valid anywhere else. */
const token = 'demo-access-token';
/** The subject token that the demo presents at sign-in. */
export const subjectToken = 'demo-subject-token';

/** Responds like the Google APIs, including sign-in, from an estate. */
export function googleAnswers(estate: Estate): RestAnswers {
  const held = holdings(estate);
  const routes = [
    ...registryRoutes(held),
    ...analysisRoutes(held),
    ...deploymentRoutes(held),
    ...identityRoutes(held),
    ...neighbourRoutes(held),
    ...hierarchyRoutes(held),
    ...distributionRoutes(held),
  ];
  return restAnswers({
    routes: [exchange, ...routes.map(signedIn)],
    refusals,
    faults: estate.faults,
    unknownPath: ({ path }) => googleError(404, 'NOT_FOUND', `${path} is no method of this API.`),
  });
}

/** The exchange of a workload token for a Google token (Security Token Service, v1 token). */
const exchange: Route = {
  name: 'ExchangeToken',
  method: 'POST',
  path: '/v1/token',
  answer: ({ body }) => {
    if (new URLSearchParams(body).get('subject_token') !== subjectToken) {
      return { status: 400, json: { error: 'invalid_grant', error_description: 'unknown token' } };
    }
    return {
      json: {
        access_token: token,
        issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        token_type: 'Bearer',
        expires_in: 3600,
      },
    };
  },
};

function signedIn(route: Route): Route {
  return {
    ...route,
    answer: (call) => {
      if (call.headers['authorization'] === `Bearer ${token}`) return route.answer(call);
      throw new Refused(
        googleError(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.'),
      );
    },
  };
}
