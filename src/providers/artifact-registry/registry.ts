import type { JsonObject } from '../../decode/fields.ts';
import { once } from '../../http/once.ts';
import type { AnyFact, Fact, Unknown } from '../../model/fact.ts';
import type { Listing } from '../../model/snapshot.ts';
import { constants } from '../collectors.ts';
import { type Registry, type ScanContext, unsupported } from '../contract.ts';
import { join, known, unknown } from '../facts.ts';
import { readRegistry, settledRegistry, unreachableRegistry } from '../read-registry.ts';
import { type Described, described, otherFormats } from './decode/repository.ts';
import { accessOf } from './facts/access.ts';
import type { ProjectFacts } from './facts/project.ts';
import { registryCollectors } from './facts/registry-facts.ts';
import { repositoryCollectors } from './facts/repository-facts.ts';
import { repositoryPolicies } from './facts/repository-policies.ts';
import { provides } from './provides.ts';
import { type ArtifactRegistryApi, artifactRegistryApi } from './wire/api.ts';
import type { GoogleClient } from './wire/client.ts';
import type { OwnProject } from './wire/errors.ts';

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
  const { id, location, project, connect, own, context } = input;
  return readRegistry<Described>(identityOf(id), context, ({ signal }) => {
    const client = connect(id, signal);
    const api = artifactRegistryApi(client, own);
    // Read the whole list first, unlike elsewhere: a virtual repository decides how others are served.
    const listed = once(() => repositoriesAt(api, project.id, location));
    const containers = once(async () => join([await listed()], ({ containers }) => containers));
    const policies = repositoryPolicies(api, project, containers);
    const access = accessOf(policies, context.now());
    const content = () => client.content(location);
    const sources = { api, project, location, access, context, content };
    return {
      registryCollectors: registryCollectors({ api, location, policies, access }),
      repositories: async function* () {
        const list = await listed();
        if (list.state === 'known') yield list.value.containers;
        return listingOf(list);
      },
      repositoryCollectors: () => (repository) => repositoryCollectors(repository, sources),
      calls: client.calls,
      close: client.close,
    };
  });
}

interface Listed {
  readonly containers: readonly Described[];
  readonly others: number;
  /** A format that is not known to this release: it may hold images. */
  readonly strange: Described | null;
}

function repositoriesAt(
  api: ArtifactRegistryApi,
  project: string,
  location: string,
): Promise<Fact<Listed>> {
  return api.all('ListRepositories', (entries) => sorted(entries, location), {
    params: { project, location },
    query: { pageSize: 1000 },
  });
}

function sorted(entries: readonly JsonObject[], location: string): Listed {
  const all = entries.map(described);
  if (all.some(({ path }) => path.split('/')[3] !== location)) {
    throw new Error('a repository of another location is listed');
  }
  const others = all.filter(({ format }) => otherFormats.includes(format));
  const containers = all.filter(({ format }) => format === 'DOCKER');
  const strange = all.find((one) => !others.includes(one) && !containers.includes(one));
  return { containers, others: others.length, strange: strange ?? null };
}

function listingOf(list: Fact<Listed>): Listing {
  if (list.state !== 'known') return list;
  const { containers, others, strange } = list.value;
  if (strange === null) {
    return known('ListRepositories', '', () => ({ repositories: containers.length, others }));
  }
  const format = strange.format.slice(0, 40);
  return unknown(
    'undecodable',
    'ListRepositories',
    `repository ${strange.name} has the format ${format}, which may hold images`,
  );
}

/** A registry that stands for a project or organisation which cannot be read. */
export function unreachable(id: string, why: Unknown, context: ScanContext): Registry {
  return unreachableRegistry(identityOf(id), why, context);
}

/** A registry that stands for a project without repositories: not applicable throughout. */
export function emptyProject(id: string, context: ScanContext): Registry {
  const nothing: AnyFact = unsupported('the project has no repositories');
  return settledRegistry(identityOf(id), context, {
    facts: Object.fromEntries([...context.plan.registry].map((name) => [name, nothing])),
    repositoryDefaults: constants(provides.repository),
    listing: known('SearchAllResources', '', () => ({ repositories: 0, others: 0 })),
  });
}

function identityOf(id: string) {
  return { id, provider: 'artifact-registry', provides };
}
