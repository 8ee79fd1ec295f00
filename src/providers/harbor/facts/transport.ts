import { httpErrors } from '../../../http/http-errors.ts';
import { servesPlainHttp, tlsSight } from '../../../http/tls-probe.ts';
import type { ValueOf } from '../../../model/fact.ts';
import { hostOf } from '../../../model/host.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { ScanContext } from '../../contract.ts';
import { ask, Inconclusive, known } from '../../facts.ts';
import { operations } from '../operations.ts';

type Transport = ValueOf<RegistryFacts['transport']>;

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
  const look = () => sight(url, context);
  return ask('probeTls', operations.probeTls, httpErrors, look, (raw) => raw as Transport);
}

function plain(operation: string, where: string): RegistryFacts['transport'] {
  return known(operation, '', () => ({ mode: 'plain-http', where }));
}

async function sight(url: URL, { caFile, signal }: Probe['context']): Promise<Transport> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? 443 : Number(url.port);
  const { untrusted, certificateEnds, acceptsOld } = await tlsSight({ host, port, caFile, signal });
  if (untrusted !== null)
    return { mode: 'weak', why: `its certificate is not trusted (${untrusted})` };
  if (port === 443 && (await servesPlainHttp(host, 80, '/api/v2.0/ping'))) {
    return { mode: 'plain-http', where: `http://${url.hostname} answers as well` };
  }
  return { mode: 'https-only', minimumVersion: acceptsOld ? '1.1' : '1.2', certificateEnds };
}
