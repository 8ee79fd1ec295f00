import type { Registry, ScanContext } from '../contract.ts';
import { readRegistry } from '../read-registry.ts';
import type { Owner } from './decode/owner.ts';
import type { Package } from './decode/package.ts';
import { accountOf } from './facts/account.ts';
import { packagesOf, repositories } from './facts/listing.ts';
import { registryCollectors } from './facts/registry-facts.ts';
import { repositoryCollectors } from './facts/repository-facts.ts';
import type { GhcrOptions } from './options.ts';
import { provides } from './provides.ts';
import { githubApi } from './wire/api.ts';
import type { Clients } from './wire/clients.ts';
import type { Place } from './wire/place.ts';

export interface OwnerInput {
  readonly id: string;
  readonly owner: Owner;
  /** The one package that is asked for; null: all. */
  readonly only: string | null;
  readonly clients: Clients;
  readonly place: Place;
  readonly options: GhcrOptions;
  readonly context: ScanContext;
}

/** The packages of one organization or user. */
export function ownerRegistry(input: OwnerInput): Registry {
  const { id, owner, only, clients, place, options, context } = input;
  const { enterprise = null } = options;
  return readRegistry<Package>({ id, provider: 'ghcr', provides }, context, () => {
    const api = githubApi(clients);
    const account = accountOf({ api, clients, place }, owner);
    const packages = packagesOf(api, account, 'listPackages');
    const legacy = packagesOf(api, account, 'listLegacyPackages');
    const sources = { api, account, clients, place, context };
    return {
      registryCollectors: registryCollectors({
        api,
        account,
        packages,
        legacy,
        enterprise,
        isServer: place.isServer,
      }),
      repositories: () => repositories(packages, account, only),
      repositoryCollectors: () => (found) => repositoryCollectors(found, sources),
      calls: clients.calls,
      close: clients.close,
    };
  });
}
