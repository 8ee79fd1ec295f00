import { httpErrors } from '../../../http/http-errors.ts';
import { servesPlainHttp, tlsSight } from '../../../http/tls-probe.ts';
import type { ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { ScanContext } from '../../contract.ts';
import { ask, Inconclusive, known } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
import { operations } from '../operations.ts';
import type { Settings } from './settings.ts';

type Transport = ValueOf<RegistryFacts['transport']>;

export interface Probe {
  /** Where the server is reached, its context path included. */
  readonly root: string;
  readonly context: Pick<ScanContext, 'caFile' | 'signal'>;
  /** ISO 8601 */
  readonly now: string;
}

/** More connectors than this are not tried out. */
const mostConnectors = 20;

/**
 * How the server is served: its API, and each connector in plain HTTP that a repository has. One that does
 * not answer from here stands behind a proxy that speaks TLS.
 */
export async function transport(
  settings: Settings,
  { root, context }: Probe,
): Promise<RegistryFacts['transport']> {
  const url = new URL(root);
  if (url.protocol === 'http:') {
    return known('getStatus', '', () => ({
      mode: 'plain-http',
      where: 'the API is reached over http',
    }));
  }
  const list = await settings.repositories();
  const connectors = ('value' in list ? list.value : []).flatMap(({ name, httpPort }) =>
    httpPort === null ? [] : [{ name, port: httpPort }],
  );
  const host = url.hostname.replace(/^\[|\]$/g, '');
  for (const { name, port } of connectors.slice(0, mostConnectors)) {
    if (await servesPlainHttp(host, port, '/v2/')) {
      return known('probeTls', '', () => ({
        mode: 'plain-http',
        where: `the connector of ${name} at port ${port}`,
      }));
    }
  }
  if (list.state !== 'known') return gapOf(list);
  const whole = await settings.seesAll();
  if (whole.state !== 'known') return whole;
  if (connectors.length > mostConnectors) {
    return known('listRepositorySettings', '', () => {
      throw new Inconclusive(`there are ${connectors.length} connectors in plain HTTP`);
    });
  }
  const look = () => sight(url, host, context);
  return ask('probeTls', operations.probeTls, httpErrors, look, (raw) => raw as Transport);
}

async function sight(
  url: URL,
  host: string,
  { caFile, signal }: Probe['context'],
): Promise<Transport> {
  const port = url.port === '' ? 443 : Number(url.port);
  const { untrusted, certificateEnds, acceptsOld } = await tlsSight({ host, port, caFile, signal });
  if (untrusted !== null)
    return { mode: 'weak', why: `its certificate is not trusted (${untrusted})` };
  if (port === 443 && (await servesPlainHttp(host, 80, `${url.pathname}service/rest/v1/status`))) {
    return { mode: 'plain-http', where: `http://${url.hostname} answers as well` };
  }
  return { mode: 'https-only', minimumVersion: acceptsOld ? '1.1' : '1.2', certificateEnds };
}
