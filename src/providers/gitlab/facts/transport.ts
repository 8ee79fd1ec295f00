import { httpErrors } from '../../../http/http-errors.ts';
import { servesPlainHttp, tlsSight } from '../../../http/tls-probe.ts';
import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { ScanContext } from '../../contract.ts';
import { ask, Inconclusive, join, known } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
import type { ListedRepository } from '../decode/repository.ts';
import { operations } from '../operations.ts';

export type Transport = RegistryFacts['transport'];
type Seen = ValueOf<Transport>;

/** How the registry is served, at the host that its repositories name; and its API beside it. */
export async function transport(
  base: string,
  repositories: () => Promise<Fact<readonly ListedRepository[]>>,
  registryBase: (host: string) => string,
  context: Pick<ScanContext, 'caFile' | 'signal'>,
): Promise<Transport> {
  if (base.startsWith('http:')) return plain('the API is reached over http');
  const hosts = join([await repositories()], (all) => [...new Set(all.map(({ host }) => host))]);
  if (hosts.state !== 'known') return gapOf(hosts);
  const [host, ...others] = hosts.value;
  if (host === undefined || others.length > 0) {
    return known('probeTls', '', () => {
      throw new Inconclusive(
        host === undefined
          ? 'there is no repository that would tell where the registry is'
          : 'the repositories are at several hosts',
      );
    });
  }
  const url = new URL(registryBase(host));
  if (url.protocol === 'http:') return plain('the registry is reached over http');
  return ask(
    'probeTls',
    operations.probeTls,
    httpErrors,
    () => sight(url, context),
    (raw) => raw as Seen,
  );
}

function plain(where: string): Transport {
  return known('probeTls', '', () => ({ mode: 'plain-http', where }));
}

async function sight(
  url: URL,
  { caFile, signal }: Pick<ScanContext, 'caFile' | 'signal'>,
): Promise<Seen> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? 443 : Number(url.port);
  const { untrusted, certificateEnds, acceptsOld } = await tlsSight({ host, port, caFile, signal });
  if (untrusted !== null) {
    return { mode: 'weak', why: `its certificate is not trusted (${untrusted})` };
  }
  if (port === 443 && (await servesPlainHttp(host, 80, '/v2/'))) {
    return { mode: 'plain-http', where: `http://${url.hostname} answers as well` };
  }
  return { mode: 'https-only', minimumVersion: acceptsOld ? '1.1' : '1.2', certificateEnds };
}
