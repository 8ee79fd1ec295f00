import { httpErrors } from '../../../http/http-errors.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { ScanContext } from '../../contract.ts';
import { ask, Inconclusive, known } from '../../facts.ts';
import { type Transport, transportOf } from '../../transport.ts';
import { operations } from '../operations.ts';

export interface Probe {
  /** Where the API is reached. */
  readonly base: string;
  readonly context: Pick<ScanContext, 'caFile' | 'signal'>;
}

/**
 * How an instance is served. It sends clients to `SERVER_HOSTNAME` for their tokens, with the scheme of
 * `PREFERRED_URL_SCHEME`: with http there, passwords go in clear whatever stands in front.
 */
export async function servedAs(
  { base, context }: Probe,
  { scheme, host }: { readonly scheme: string; readonly host: string },
): Promise<RegistryFacts['transport']> {
  const url = new URL(base);
  if (url.protocol === 'http:') return plain('the API is reached over http');
  if (scheme === 'http') return plain(`clients are sent to http://${host} for their tokens`);
  if (host.toLowerCase().replace(/:443$/, '') !== url.host) {
    return known('getConfig', '', () => {
      throw new Inconclusive(
        `clients are sent to ${host} for their tokens, which is not the host that is scanned`,
      );
    });
  }
  const look = () => transportOf(url, context, '/health/instance');
  return ask('probeTls', operations.probeTls, httpErrors, look, (raw) => raw as Transport);
}

function plain(where: string): RegistryFacts['transport'] {
  return known('getConfig', '', () => ({ mode: 'plain-http', where }));
}
