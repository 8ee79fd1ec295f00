import { mapInOrder } from '../../http/limit.ts';
import type { Fact } from '../../model/fact.ts';
import type { Listing, Reading, RepositoryReading } from '../../model/snapshot.ts';
import type { Registry, ScanContext } from '../contract.ts';
import { join } from '../facts.ts';
import { collectFacts, constants } from '../read-registry.ts';
import type { ListedRepository } from './decode/repository.ts';
import { accountOf } from './facts/account.ts';
import { type Counted, listedIn } from './facts/listing.ts';
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
  return { id: input.id, read: () => read(input) };
}

async function* read(input: NamespaceInput): AsyncGenerator<Reading> {
  const { id, namespace, clients, context } = input;
  const takenAt = context.now().toISOString();
  const api = dockerHubApi(clients.hub);
  const account = accountOf(api, namespace.name, takenAt);
  const listed = listedIn(api, namespace.name);
  const sources = { api, account, listed };
  const stream = repositories(input, sources);
  try {
    // Repositories are asked for while the namespace's own facts are; a failure is heard at its turn.
    const first = stream.next();
    first.catch(() => undefined);
    const collectors = registryCollectors({ ...sources, namespace });
    yield {
      kind: 'registry',
      registry: id,
      provider: 'docker-hub',
      unreachable: null,
      takenAt,
      facts: await collectFacts(provides.registry, context.plan.registry, collectors),
      everywhere: constants(provides.repository),
    };
    let step = await first;
    for (; !step.done; step = await stream.next()) yield step.value;
    yield { kind: 'end', registry: id, listing: step.value, calls: clients.calls() };
  } finally {
    await stream.return(notListed);
    await clients.close();
  }
}

type Sources = Pick<Parameters<typeof registryCollectors>[0], 'api' | 'account' | 'listed'>;

/** The repositories one by one; returns how far the list could be read. */
async function* repositories(
  input: NamespaceInput,
  sources: Sources,
): AsyncGenerator<RepositoryReading, Listing> {
  const { id, namespace, clients, context, options } = input;
  if (context.plan.repository.size === 0) return notListed;
  const scout = scoutFor(clients, namespace.name, options.scout === true);
  const end: { counted: Fact<Counted> | null } = { counted: null };

  const wanted = async function* (): AsyncGenerator<Wanted> {
    const pages = sources.listed.pages();
    let known = 0;
    for (;;) {
      const step = await pages.next();
      if (step.done) {
        end.counted = step.value;
        return;
      }
      known += step.value.length;
      context.progress({ kind: 'repositories', registry: id, known });
      const here = step.value.filter(
        ({ name, holdsImages }) => holdsImages && context.wanted(name),
      );
      const analysed = scout.enabled(here.map(({ name }) => name));
      yield* here.map((repository) => ({ repository, analysed }));
    }
  };
  yield* mapInOrder(wanted(), context.concurrency * 2, async ({ repository, analysed }) => ({
    kind: 'repository' as const,
    registry: id,
    name: repository.name,
    facts: await collectFacts(
      provides.repository,
      context.plan.repository,
      repositoryCollectors(repository, {
        ...sources,
        clients,
        namespace,
        scout,
        options,
        context,
        analysed,
      }),
    ),
  }));
  return listingOf(end.counted, namespace, sources);
}

interface Wanted {
  readonly repository: ListedRepository;
  readonly analysed: ReturnType<ReturnType<typeof scoutFor>['enabled']>;
}

async function listingOf(
  counted: Fact<Counted> | null,
  namespace: Namespace,
  { account }: Sources,
): Promise<Listing> {
  if (counted === null) return notListed;
  if (counted.state !== 'known') return counted;
  const whole = await wholeList(namespace, account, counted.value.seesPrivate);
  return join([counted, whole], ({ images, others }) => ({ repositories: images, others }));
}

const notListed: Listing = {
  state: 'unsupported',
  note: 'no check of repositories was asked for',
};
