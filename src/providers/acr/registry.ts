import type { TokenCredential } from '@azure/core-auth';
import type { Registry, ScanContext } from '../contract.ts';
import { pagedList, readRegistry } from '../read-registry.ts';
import { type Described, roleMode } from './decode/registry.ts';
import { namesIn } from './decode/repository.ts';
import { accessOf } from './facts/access.ts';
import type { DirectoryFacts } from './facts/directory.ts';
import { imagesOf } from './facts/images.ts';
import { registryCollectors } from './facts/registry-facts.ts';
import { repositoryCollectors } from './facts/repository-facts.ts';
import { findingsOf } from './facts/scanning.ts';
import { inRegistry, settings as settingsOf } from './facts/settings.ts';
import type { SubscriptionFacts } from './facts/subscription.ts';
import { provides } from './provides.ts';
import { acrApi } from './wire/api.ts';
import { armClient } from './wire/arm.ts';
import { type Cloud, registryAddress } from './wire/cloud.ts';
import { dataPlane } from './wire/data-plane.ts';
import { keyTroubleOf } from './wire/vault.ts';

export interface RegistryInput {
  readonly id: string;
  readonly registry: Described;
  readonly subscription: SubscriptionFacts;
  readonly directory: DirectoryFacts;
  readonly cloud: Cloud;
  readonly credential: () => Promise<TokenCredential>;
  readonly context: ScanContext;
}

/** One registry, as it was described by Resource Manager. */
export function acrRegistry(input: RegistryInput): Registry {
  const { id, registry, subscription, directory, context } = input;
  const endpoint = registryAddress(input.cloud, registry.loginServer);
  const read = readRegistry({ id, provider: 'acr', provides }, context, ({ signal, takenAt }) => {
    const options = { ...input, registry: id, context: { ...context, signal } };
    const { loginServer } = registry;
    const arm = armClient(options);
    const data = dataPlane({ ...options, loginServer, wide: isWide(registry) });
    const settings = settingsOf(acrApi(arm), registry, (key) => keyTroubleOf(key, options));
    const access = accessOf({ registry, settings, subscription, directory, now: takenAt });
    const sources = { registry, settings, subscription, access };
    const findings = () => findingsOf(registry, subscription);
    return {
      registryCollectors: registryCollectors(sources),
      // Charts and other artifacts are in repositories as well; the list does not tell them apart.
      repositories: () =>
        pagedList(
          'Catalog_List',
          data.api.pages('Catalog_List', (pages) => pages.flatMap(namesIn).map(byName), {
            query: { n: 1000 },
          }),
        ),
      repositoryCollectors:
        () =>
        ({ name }) => {
          const images = imagesOf({ data, repository: name, context, findings });
          return repositoryCollectors(name, { ...sources, images });
        },
      calls: () => arm.calls() + data.calls(),
      close: async () => {
        await Promise.all([arm.close(), data.close()]);
      },
    };
  });
  return endpoint === null ? read : { ...read, endpoint };
}

function byName(name: string): { readonly name: string } {
  return { name };
}

/** Where roles may be limited to repositories, tokens are as well (rbac-abac guide). */
function isWide(registry: Described): boolean {
  const mode = inRegistry(registry, roleMode);
  return mode.state === 'known' && mode.value === 'legacy';
}
