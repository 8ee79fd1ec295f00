import { devNull } from 'node:os';
import { type RestAnswers, restAnswers } from '../rest.ts';
import { serve } from '../wire-server.ts';
import { credentials, refusal } from './access.ts';
import type { OciEstate } from './estate.ts';
import { routerHasNone, routesOf } from './routes.ts';

/** An estate that can be called over HTTP. */
export interface ServedOci extends Pick<RestAnswers, 'calls' | 'strays' | 'unmetFaults'> {
  readonly url: string;
  /** Credentials that mean nothing anywhere. */
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** What answers for the registry of an estate. */
export function ociAnswers(estate: OciEstate): RestAnswers {
  return restAnswers({
    routes: routesOf(estate),
    refusals: {
      // A firewall's: the registry itself would say how to sign in.
      denied: () => ({ status: 403, json: { message: 'turned away by the firewall' } }),
      throttled: () => refusal(429, 'TOOMANYREQUESTS', 'too many requests'),
      'not-implemented': () => ({ status: 501, text: 'not implemented' }),
    },
    faults: estate.faults,
    unknownPath: () => routerHasNone,
  });
}

/** Serves an estate on the loopback interface. Rejects when no port can be opened. */
export async function serveOci(estate: OciEstate): Promise<ServedOci> {
  const { answer, calls, strays, unmetFaults } = ociAnswers(estate);
  const { url, close } = await serve(answer);
  return {
    url,
    environment: environmentOf(estate),
    calls,
    strays,
    unmetFaults,
    close,
  };
}

/** What the caller of an estate has in the environment. */
export function environmentOf(estate: OciEstate): Readonly<Record<string, string>> {
  const password =
    estate.caller === 'user' ? credentials.password : 'demo-registry-password-of-yesterday';
  const given =
    estate.caller === 'nobody'
      ? {}
      : {
          OCI_URL: 'https://registry.example.org',
          OCI_USERNAME: credentials.username,
          OCI_PASSWORD: password,
        };
  return { DOCKER_CONFIG: devNull, ...given };
}
