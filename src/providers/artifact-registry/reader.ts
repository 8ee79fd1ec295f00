import { mapInOrder } from '../../http/limit.ts';
import { once } from '../../http/once.ts';
import type { AnyFact, Fact, Unknown } from '../../model/fact.ts';
import type { Listing, Reading, RepositoryReading } from '../../model/snapshot.ts';
import {
  collectFacts,
  constants,
  join,
  type Registry,
  type ScanContext,
  unknown,
  unreachableRegistry,
  unsupported,
} from '../provider.ts';
import { type Access, accessOf } from './access.ts';
import { type Asking, asking as askingOf } from './asking.ts';
import type { GoogleClient } from './client.ts';
import { type Described, described, otherFormats } from './decode/repository.ts';
import type { OwnProject } from './errors.ts';
import type { ProjectFacts } from './project.ts';
import { provides } from './provides.ts';
import { registryWays } from './registry-facts.ts';
import { repositoryWays } from './repository-facts.ts';
import { repositoryPolicies } from './repository-policies.ts';

export interface RegistryInput {
  readonly id: string;
  readonly location: string;
  readonly project: ProjectFacts;
  readonly connect: (registry: string, signal: AbortSignal) => GoogleClient;
  readonly own: OwnProject;
  readonly context: ScanContext;
}

/** One registry: the repositories of a project in a location. */
export function locationRegistry(input: RegistryInput): Registry {
  return {
    id: input.id,
    read: async function* (signal) {
      const client = input.connect(input.id, signal);
      try {
        yield* readWith(client, input);
      } finally {
        await client.close();
      }
    },
  };
}

async function* readWith(client: GoogleClient, input: RegistryInput): AsyncGenerator<Reading> {
  const { id, location, project, context } = input;
  const asking = askingOf(client, input.own);
  // Read whole, unlike elsewhere: which of them are remote or virtual says how the others are served.
  const listed = once(() => repositoriesAt(asking, `${project.path}/locations/${location}`));
  const containers = once(async () => join([await listed()], ({ containers }) => containers));
  const policies = repositoryPolicies(asking, project, containers);
  const access = accessOf(policies, context.now());
  yield {
    kind: 'registry',
    registry: id,
    provider: 'artifact-registry',
    unreachable: null,
    takenAt: context.now().toISOString(),
    facts: await collectFacts(
      provides.registry,
      context.plan.registry,
      registryWays({ asking, location, policies, access }),
    ),
    everywhere: constants(provides.repository),
  };
  if (context.plan.repository.size === 0) {
    yield { kind: 'end', registry: id, listing: notListed, calls: client.calls() };
    return;
  }
  const list = await listed();
  yield* repositories(input, { asking, access }, list);
  yield { kind: 'end', registry: id, listing: listingOf(list), calls: client.calls() };
}

interface Listed {
  readonly containers: readonly Described[];
  readonly others: number;
  /** A format that is not known to this release: it may hold images. */
  readonly strange: Described | null;
}

function repositoriesAt(asking: Asking, place: string): Promise<Fact<Listed>> {
  return asking.all(
    {
      name: 'ListRepositories',
      request: { path: `/v1/${place}/repositories`, query: { pageSize: 1000 } },
      entries: 'repositories',
    },
    (entries) => {
      const all = entries.map(described);
      const containers = all.filter(({ format }) => format === 'DOCKER');
      const others = all.filter(({ format }) => otherFormats.includes(format)).length;
      const strange = all.find(
        ({ format }) => format !== 'DOCKER' && !otherFormats.includes(format),
      );
      return { containers, others, strange: strange ?? null };
    },
  );
}

async function* repositories(
  { id, location, project, context }: RegistryInput,
  { asking, access }: { readonly asking: Asking; readonly access: Access },
  list: Fact<Listed>,
): AsyncGenerator<RepositoryReading> {
  if (list.state !== 'known') return;
  const { containers } = list.value;
  context.progress({ kind: 'repositories', registry: id, known: containers.length });
  yield* mapInOrder(
    containers.filter(({ name }) => context.wanted(name)),
    context.concurrency * 2,
    async (repository) => ({
      kind: 'repository' as const,
      registry: id,
      name: repository.name,
      facts: await collectFacts(
        provides.repository,
        context.plan.repository,
        repositoryWays(repository, { asking, project, location, access, context }),
      ),
    }),
  );
}

const notListed: Listing = {
  state: 'unsupported',
  note: 'no check of repositories was asked for',
};

function listingOf(list: Fact<Listed>): Listing {
  if (list.state !== 'known') return list;
  const { containers, others, strange } = list.value;
  if (strange !== null) {
    const { name, format } = strange;
    return unknown(
      'undecodable',
      'ListRepositories',
      `repository ${name} has the format ${format.slice(0, 40)}, which may hold images`,
    );
  }
  return {
    state: 'known',
    value: { repositories: containers.length, others },
    from: { operation: 'ListRepositories' },
  };
}

/** A project or organisation that cannot be read: a registry of its own that says so. */
export function unreachable(id: string, why: Unknown, context: ScanContext): Registry {
  return unreachableRegistry({ id, provider: 'artifact-registry', provides }, why, context);
}

/** A project without any repository: nothing of a registry is there that could be judged. */
export function emptyProject(id: string, { now, plan }: ScanContext): Registry {
  const nothing: AnyFact = unsupported('the project has no repositories');
  return {
    id,
    read: async function* () {
      yield {
        kind: 'registry',
        registry: id,
        provider: 'artifact-registry',
        unreachable: null,
        takenAt: now().toISOString(),
        facts: Object.fromEntries([...plan.registry].map((name) => [name, nothing])),
        everywhere: constants(provides.repository),
      };
      const listing: Listing = {
        state: 'known',
        value: { repositories: 0, others: 0 },
        from: { operation: 'SearchAllResources' },
      };
      yield { kind: 'end', registry: id, listing, calls: 0 };
    },
  };
}
