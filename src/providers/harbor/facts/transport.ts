import { httpErrors } from '../../../http/http-errors.ts';
import { hostOf } from '../../../model/host.ts';
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
 * How the instance is served. `external` is where it sends clients for their tokens, whatever address
 * they came by (make/photon/prepare, `EXT_ENDPOINT`); with http there, passwords go in clear.
 */
export async function probed(
  { base, context }: Probe,
  external: string,
): Promise<RegistryFacts['transport']> {
  const url = new URL(base);
  if (url.protocol === 'http:') return plain('getSystemInfo', 'the API is reached over http');
  if (/^http:/i.test(external)) {
    const host = URL.canParse(external) ? new URL(external).origin : 'http';
    return plain('getSystemInfo', `clients are sent to ${host} for their tokens`);
  }
  if (!URL.canParse(external) || new URL(external).host !== url.host) {
    return known('getSystemInfo', '', () => {
      throw new Inconclusive(
        `clients are sent to ${hostOf(external) ?? 'an address without a host'} for their tokens, which is not the host that is scanned`,
      );
    });
  }
  const look = () => transportOf(url, context, '/api/v2.0/ping');
  return ask('probeTls', operations.probeTls, httpErrors, look, (raw) => raw as Transport);
}

function plain(operation: string, where: string): RegistryFacts['transport'] {
  return known(operation, '', () => ({ mode: 'plain-http', where }));
}
