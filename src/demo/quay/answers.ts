import { type RestAnswers, type RestReply, restAnswers } from '../rest.ts';
import type { Estate } from './estate.ts';
import { instanceRoutes } from './instance-routes.ts';
import { namespaceRoutes } from './namespace-routes.ts';
import { refusal, registryRoutes } from './registry-routes.ts';
import { repositoryRoutes } from './repository-routes.ts';
import { page404, problem, unauthorized, withoutRoute } from './rights.ts';

/** Answers as Quay would for an estate. `host`: where it says that it is; `scheme`: by which it is reached. */
export function quayAnswers(
  estate: Estate,
  host: string,
  scheme: 'http' | 'https' = 'http',
): RestAnswers {
  return restAnswers({
    routes: [
      ...registryRoutes(estate, scheme),
      ...instanceRoutes(estate, host),
      ...namespaceRoutes(estate),
      ...repositoryRoutes(estate),
    ],
    refusals: { denied, throttled: () => tooMany, 'not-implemented': () => page404 },
    faults: estate.faults,
    unknownPath: withoutRoute,
  });
}

/** The call that proves a token refuses those without one in another way than those without the right. */
function denied(operation: string): RestReply {
  if (operation === 'getOrganizationMembers') {
    return problem(401, 'invalid_token', 'Requires authentication');
  }
  return ['getToken', 'listReferrers', 'getBlob'].includes(operation)
    ? refusal(403, 'DENIED', 'requested access to the resource is denied')
    : unauthorized;
}

/** What a proxy before Quay says that counts requests. */
const tooMany: RestReply = { status: 429, json: { message: 'Too Many Requests' } };
