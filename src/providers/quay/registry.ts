import type { Listing } from '../../model/snapshot.ts';
import type { Registry, ScanContext } from '../contract.ts';
import { join, known, type Learnt, unknown } from '../facts.ts';
import { readRegistry } from '../read-registry.ts';
import type { ListedRepository } from './decode/repository.ts';
import type { InstanceSources } from './facts/instance-sources.ts';
import {
  type Namespace,
  type NamespaceSources,
  namespaceSources,
} from './facts/namespace-sources.ts';
import { registryCollectors } from './facts/registry-facts.ts';
import { repositoryCollectors } from './facts/repository-facts.ts';
import { operations } from './operations.ts';
import type { Proof } from './proof.ts';
import { otherTokens, passwordUse, provides } from './provides.ts';
import { quayApi } from './wire/api.ts';
import type { Clients } from './wire/clients.ts';

export interface NamespaceRegistryInput {
  readonly id: string;
  readonly base: string;
  readonly namespace: Namespace;
  /** The one repository that is asked for; null: all. */
  readonly only: string | null;
  readonly proof: Proof;
  readonly instance: InstanceSources;
  readonly clients: Clients;
  readonly calls: () => number;
  readonly context: ScanContext;
}

/** One namespace of a Quay: an organization, or what belongs to a user. */
export function namespaceRegistry(input: NamespaceRegistryInput): Registry {
  const { id, base, namespace, proof, instance, clients, calls, context } = input;
  return readRegistry<ListedRepository>(
    { id, provider: 'quay', provides },
    context,
    ({ takenAt: now }) => {
      const api = quayApi(clients.api);
      const members = membersOf(proof);
      const sources = namespaceSources({ ...namespace, api, instance, members });
      return {
        registryCollectors: registryCollectors({
          sources,
          anonymous: quayApi(clients.anonymous),
          probe: { base, context },
          evidence: { otherTokens, passwordUse },
          now,
        }),
        repositories: () => repositories(sources, input.only),
        repositoryCollectors: () => (one) =>
          repositoryCollectors(one, { sources, clients, context }),
        calls,
        close: clients.close,
      };
    },
  );
}

function membersOf({ members }: Proof): Learnt<unknown> {
  const name = 'getOrganizationMembers';
  const { permission } = operations[name];
  if (members !== null) return known(name, permission, () => members);
  return unknown('denied', name, 'the members are shown to administrators alone', permission);
}

async function* repositories(
  sources: NamespaceSources,
  only: string | null,
): AsyncGenerator<readonly ListedRepository[], Listing> {
  const counts = { repositories: 0, others: 0 };
  for await (const page of sources.pages()) {
    if (page.state !== 'known') return page;
    const asked = page.value.filter(({ name }) => only === null || name === only);
    const images = asked.filter(({ holdsImages }) => holdsImages);
    counts.repositories += images.length;
    counts.others += asked.length - images.length;
    yield images;
  }
  // The one that was asked for is there, whatever else is.
  if (only !== null && counts.repositories > 0) return known('listRepos', '', () => counts);
  return join([await sources.seesAll()], () => counts);
}
