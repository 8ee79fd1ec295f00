import { restAnswers } from '../rest.ts';
import { serve } from '../wire-server.ts';
import type { Estate } from './estate.ts';

/** Serves an estate on the loopback interface. Rejects when no port can be opened. */
export async function serveEstate(estate: Estate) {
  const refused = (status: number) => () => ({ status, json: { error: { code: status } } });
  const { answer, calls, strays, unmetFaults } = restAnswers({
    routes: [
      {
        name: 'listRepositories',
        method: 'GET',
        path: '/repositories',
        answer: () => ({ json: estate.repositories }),
      },
    ],
    refusals: { denied: refused(403), throttled: refused(429), 'not-implemented': refused(404) },
    faults: estate.faults,
    unknownPath: refused(404),
  });
  return { ...(await serve(answer)), environment: {}, calls, strays, unmetFaults };
}
