import { servesPlainHttp, tlsSight } from '../http/tls-probe.ts';
import type { ValueOf } from '../model/fact.ts';
import type { RegistryFacts } from '../model/registry.ts';
import type { ScanContext } from './contract.ts';

export type Transport = ValueOf<RegistryFacts['transport']>;

/**
 * How a host serves TLS, by handshakes, and whether it answers on port 80 as well. `path`: what is asked for
 * there, without credentials. Rejects with node's error when it cannot be told.
 */
export async function transportOf(
  url: URL,
  { caFile, signal }: Pick<ScanContext, 'caFile' | 'signal'>,
  path: string,
): Promise<Transport> {
  if (url.protocol === 'http:')
    return { mode: 'plain-http', where: 'the API is reached over http' };
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? 443 : Number(url.port);
  const { untrusted, certificateEnds, acceptsOld } = await tlsSight({ host, port, caFile, signal });
  if (untrusted !== null)
    return { mode: 'weak', why: `its certificate is not trusted (${untrusted})` };
  if (port === 443 && (await servesPlainHttp(host, 80, path))) {
    return { mode: 'plain-http', where: `http://${url.hostname} answers as well` };
  }
  return { mode: 'https-only', minimumVersion: acceptsOld ? '1.1' : '1.2', certificateEnds };
}
