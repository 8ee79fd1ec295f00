import { Refused, type RestAnswers, type RestCall, restAnswers } from '../rest.ts';
import { serve, type WireAnswer } from '../wire-server.ts';
import type { Estate } from './estate.ts';
import { routesOf } from './routes.ts';

/** An estate that can be called over HTTP. */
export interface ServedEstate extends Pick<RestAnswers, 'calls' | 'strays' | 'unmetFaults'> {
  readonly url: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** The address under which an estate appears, wherever it is served. */
export const demoHost = 'nexus.example.org';
const password = 'not-a-secret';

/** What an estate answers, whoever carries it. */
export function nexusAnswers(estate: Estate): RestAnswers {
  const refused = (status: number) => () => ({ status, text: '' });
  const answers = restAnswers({
    routes: routesOf(
      estate,
      (call) => userIn(estate, call),
      () => `https://${demoHost}`,
    ),
    refusals: { denied: refused(403), throttled: refused(429), 'not-implemented': refused(404) },
    faults: estate.faults,
    unknownPath: refused(404),
  });
  return { ...answers, answer: (request) => signed(estate, answers.answer(request)) };
}

/** Signs in as the estate's caller, with a password that means nothing anywhere. */
export function environmentOf({ caller }: Estate): Readonly<Record<string, string>> {
  return { NEXUS_USERNAME: caller, NEXUS_PASSWORD: password };
}

/** Serves an estate on the loopback interface. Rejects when no port can be opened. */
export async function serveEstate(estate: Estate): Promise<ServedEstate> {
  const { answer, calls, strays, unmetFaults } = nexusAnswers(estate);
  const { url, close } = await serve(answer);
  return { url, environment: environmentOf(estate), calls, strays, unmetFaults, close };
}

/**
 * The user of a request. Wrong credentials are refused on every route, even where anonymous access is on;
 * none stand for the anonymous user.
 */
function userIn({ anonymous, users }: Estate, { headers }: RestCall): string {
  const { authorization } = headers;
  if (authorization === undefined && anonymous['enabled'] === true) {
    return String(anonymous['userId']);
  }
  const pair = Buffer.from((authorization ?? '').replace(/^Basic /i, ''), 'base64').toString();
  const [name] = pair.split(':');
  const known = users.find(({ userId, status }) => userId === name && status !== 'disabled');
  if (known !== undefined && pair === `${name}:${password}`) return String(name);
  throw new Refused({
    status: 401,
    headers: { 'www-authenticate': 'BASIC realm="Sonatype Nexus Repository Manager"' },
    text: '',
  });
}

/** Every response of the server tells its release, refusals too; a proxy puts its own name in place. */
function signed({ release, edition, proxied = false }: Estate, answer: WireAnswer): WireAnswer {
  const server = proxied ? 'nginx' : `Nexus/${release} (${edition})`;
  return { ...answer, headers: { ...answer.headers, server } };
}
