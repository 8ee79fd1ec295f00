import { once } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import type { Collectors } from '../../collectors.ts';
import type { ScanContext } from '../../contract.ts';
import { Inconclusive, join, unknown } from '../../facts.ts';
import { eachEntry } from '../../parts.ts';
import {
  type ListedRepository,
  repositoryDetail,
  tagLock,
  teamGrants,
} from '../decode/repository.ts';
import { webhook } from '../decode/webhooks.ts';
import { webhooksForPeople } from '../operations.ts';
import type { DockerHubOptions } from '../options.ts';
import { staticScanning } from '../provides.ts';
import type { DockerHubApi } from '../wire/api.ts';
import type { Clients } from '../wire/clients.ts';
import { isOfPerson } from '../wire/credentials.ts';
import { accessCollectors } from './access.ts';
import type { Account } from './account.ts';
import { imagesOf } from './images.ts';
import { listed } from './listing.ts';
import type { Namespace } from './namespace.ts';
import { type Scout, untoldByScout } from './scans.ts';

export interface RepositorySources {
  readonly api: DockerHubApi;
  readonly clients: Clients;
  readonly namespace: Namespace;
  readonly account: Account;
  readonly scout: Scout;
  readonly options: DockerHubOptions;
  readonly context: Pick<ScanContext, 'images'>;
  /** Whether Docker Scout analyses it; asked for a page of repositories at once. */
  readonly analysed: (name: string) => Promise<Fact<boolean | null>>;
}

/** How each fact of a repository is learnt; of one whose type is not known, none is. */
export function repositoryCollectors(
  repository: ListedRepository,
  sources: RepositorySources,
): Collectors<'repository'> {
  const { holds } = repository;
  const collectors = imageRepository(repository, sources);
  if (typeof holds === 'string') return collectors;
  const detail = `repository_type ${holds.unknownType} is not one that is known`;
  const none = async () => unknown('undecodable', 'ListRepositories', detail);
  return Object.fromEntries(Object.keys(collectors).map((fact) => [fact, none]));
}

function imageRepository(
  repository: ListedRepository,
  sources: RepositorySources,
): Collectors<'repository'> {
  const { api, clients, namespace, context, scout, analysed } = sources;
  const params = { namespace: namespace.name, repository: repository.name };
  const ofRepository = { params };
  const detail = once(() =>
    api.one('GetRepository', (raw) => repositoryDetail(raw, params), ofRepository),
  );
  const teams = once(() => api.all('ListRepositoryTeams', teamGrants, ofRepository));
  const images = imagesOf({
    api,
    clients,
    context,
    namespace: namespace.name,
    repository: repository.name,
  });
  return {
    ...accessCollectors(repository, { ...sources, detail, teams }),
    publicPull: async () =>
      listed(() =>
        repository.isPrivate ? { mode: 'nobody' } : { mode: 'anyone', how: 'visibility public' },
      ),
    webhooks: () => targets(repository, sources),
    tagLock: async () => join([await detail()], (found) => tagLock(found, context.images.tags)),
    pushScan: async () => pushScan(await analysed(repository.name)),
    rescan: async () => join([await analysed(repository.name)], rescan),
    recentScans: async () =>
      scout.scans(`${namespace.name}/${repository.name}`, images, await analysed(repository.name)),
    recentSignatures: images.recentSignatures,
    recentAttestations: images.recentAttestations,
    recentCandidates: images.recentCandidates,
    tagDigests: images.tagDigests,
  };
}

/**
 * A user's token reads webhooks by the route of Docker's own pages; an organization access token is
 * refused there, and documented to work below the namespace (docs, access token reference).
 */
async function targets(
  repository: ListedRepository,
  { api, namespace, options }: RepositorySources,
): Promise<RepositoryFacts['webhooks']> {
  if (options.webhooks !== true) {
    return unknown(
      'not-collected',
      'ListWebhooks',
      'webhooks are read where the configuration says webhooks: true, since the API reference has no route for them',
    );
  }
  const entries = await api.all('ListWebhooks', (all) => all, {
    params: { namespace: namespace.name, repository: repository.name },
    ...(isOfPerson(namespace.caller.kind) ? { path: webhooksForPeople } : {}),
  });
  return eachEntry(entries, webhook);
}

function pushScan(analysed: Fact<boolean | null>): RepositoryFacts['pushScan'] {
  if (analysed.state === 'known' && analysed.value === false) return staticScanning;
  return join([analysed], (isAnalysed) => {
    if (isAnalysed === null) throw new Inconclusive(untoldByScout);
    return { mode: 'on', engine: 'Docker Scout', trigger: 'continuous' };
  });
}

/** Static scanning looks at an image once, when it is pushed (docs, static vulnerability scanning). */
function rescan(analysed: boolean | null) {
  switch (analysed) {
    case true:
      return { mode: 'on', how: 'Docker Scout', days: null } as const;
    case false:
      return { mode: 'off', why: 'Docker Scout does not analyse this repository' } as const;
    case null:
      throw new Inconclusive(untoldByScout);
  }
}
