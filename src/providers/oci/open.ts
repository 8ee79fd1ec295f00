import { httpClient } from '../../http/client.ts';
import type { Registry, ScanContext, Target } from '../contract.ts';
import { known } from '../facts.ts';
import { hostTarget, oneRegistry } from '../host-target.ts';
import { httpApi, httpSettingsFor, linkedArrays } from '../http-api.ts';
import { pagedList, readRegistry } from '../read-registry.ts';
import { type ListedRepository, listedRepository } from './decode/repository.ts';
import { operations } from './operations.ts';
import type { OciOptions } from './options.ts';
import { provides } from './provides.ts';

const product = { id: 'oci', title: 'Oci', variable: 'OCI_URL' };

/** The registry of a target, `oci://HOST[:PORT]`. Rejects with `UsageError` when that is no host. */
export async function open(target: Target, context: ScanContext): Promise<AsyncIterable<Registry>> {
  const { url } = target.options as OciOptions;
  const { host, base } = hostTarget(target, product, url, context.environment);
  const identity = { id: `oci://${host}`, provider: 'oci', provides };
  const registry = readRegistry<ListedRepository>(identity, context, ({ signal }) => {
    const settings = httpSettingsFor({ ...context, signal }, identity.id, base);
    const client = httpClient({ ...settings, authorize: async () => null });
    const api = httpApi({ client, operations, paging: linkedArrays });
    const name = 'listRepositories';
    const pages = () => api.pages(name, (entries) => entries.map(listedRepository));
    return {
      registryCollectors: {},
      repositories: () => pagedList(name, pages()),
      repositoryCollectors: () => (repository) => ({
        publicPull: async () => known(name, '', () => repository.publicPull),
      }),
      calls: client.calls,
      close: client.close,
    };
  });
  return oneRegistry(registry);
}
