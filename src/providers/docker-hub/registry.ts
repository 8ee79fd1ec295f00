import type { Listing } from '../../model/snapshot.ts';
import type { Registry, ScanContext } from '../contract.ts';
import { join } from '../facts.ts';
import { readRegistry, shifted } from '../read-registry.ts';
import type { ListedRepository } from './decode/repository.ts';
import { type Account, accountOf } from './facts/account.ts';
import { type Listed, listed, listedIn } from './facts/listing.ts';
import { type Namespace, wholeList } from './facts/namespace.ts';
import { registryCollectors } from './facts/registry-facts.ts';
import { repositoryCollectors } from './facts/repository-facts.ts';
import { scoutFor } from './facts/scans.ts';
import type { DockerHubOptions } from './options.ts';
import { provides } from './provides.ts';
import { dockerHubApi } from './wire/api.ts';
import type { Clients } from './wire/clients.ts';

export interface NamespaceInput {
  readonly id: string;
  readonly namespace: Namespace;
  readonly clients: Clients;
  readonly options: DockerHubOptions;
  readonly context: ScanContext;
}

/** One namespace of Docker Hub: that of an organization, or of an account. */
export function namespaceRegistry(input: NamespaceInput): Registry {
  const { id, namespace, clients, options, context } = input;
  return readRegistry<ListedRepository>(
    { id, provider: 'docker-hub', provides },
    context,
    ({ takenAt }) => {
      const api = dockerHubApi(clients.hub);
      const account = accountOf(api, namespace, takenAt);
      const list = listedIn(api, namespace.name);
      const scout = scoutFor(clients, namespace.name, options.scout === true);
      const sources = { api, clients, namespace, account, scout, options, context };
      return {
        registryCollectors: registryCollectors({ api, namespace, account, listed: list }),
        repositories: () => repositories(list, namespace, account),
        repositoryCollectors: (page) => {
          const analysed = scout.enabled(page.map(({ name }) => name));
          return (repository) => repositoryCollectors(repository, { ...sources, analysed });
        },
        calls: clients.calls,
        close: clients.close,
      };
    },
  );
}

async function* repositories(
  list: Listed,
  namespace: Namespace,
  account: Account,
): AsyncGenerator<readonly ListedRepository[], Listing> {
  const counts = { repositories: 0, others: 0 };
  let seesPrivate = false;
  let twice: string | null = null;
  for await (const page of list.pages()) {
    if (page.state !== 'known') return page;
    const { entries, repeated } = page.value;
    twice ??= repeated;
    const images = entries.filter(({ holds }) => holds !== 'plugin');
    counts.repositories += images.length;
    counts.others += entries.length - images.length;
    seesPrivate ||= entries.some(({ isPrivate }) => isPrivate);
    yield images;
  }
  const whole = await wholeList(namespace, account, seesPrivate);
  const listing = join([listed(() => counts), whole], (all) => all);
  return twice === null ? listing : shifted(listing, twice);
}
