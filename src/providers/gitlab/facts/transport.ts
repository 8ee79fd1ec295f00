import { httpErrors } from '../../../http/http-errors.ts';
import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { RegistryFacts } from '../../../model/registry.ts';
import type { ScanContext } from '../../contract.ts';
import { ask, Inconclusive, join, known } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
import { transportOf } from '../../transport.ts';
import type { ListedRepository } from '../decode/repository.ts';
import { operations } from '../operations.ts';

export type Transport = RegistryFacts['transport'];

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
    () => transportOf(url, context, '/v2/'),
    (seen) => seen as ValueOf<Transport>,
  );
}

function plain(where: string): Transport {
  return known('probeTls', '', () => ({ mode: 'plain-http', where }));
}
