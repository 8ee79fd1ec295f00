import { maybeBoolean } from '../../../decode/fields.ts';
import { once } from '../../../http/once.ts';
import type { Fact, ValueOf } from '../../../model/fact.ts';
import { hostOf } from '../../../model/host.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import type { Collectors } from '../../collectors.ts';
import { type ScanContext, unsupported } from '../../contract.ts';
import { join, known, type Learnt } from '../../facts.ts';
import { eachEntry, joinLists } from '../../parts.ts';
import { notificationEntries, webhook } from '../decode/notifications.ts';
import {
  defaultPruning,
  type Immutability,
  immutabilityPolicies,
  pruningPolicies,
} from '../decode/policies.ts';
import {
  type ListedRepository,
  type RepositoryState,
  recoverySeconds,
  stateOf,
} from '../decode/repository.ts';
import { storagePlaces } from '../decode/settings.ts';
import type { Clients } from '../wire/clients.ts';
import { accessOf } from './access.ts';
import { imagesOf } from './images.ts';
import { mirrorOf } from './mirrors.ts';
import type { NamespaceSources } from './namespace-sources.ts';
import { retentionOf } from './retention.ts';
import { lockOf } from './tag-lock.ts';

export interface RepositorySources {
  readonly sources: NamespaceSources;
  readonly clients: Pick<Clients, 'api' | 'registry'>;
  readonly context: Pick<ScanContext, 'images'>;
}

/** How each fact of a repository is learnt. */
export function repositoryCollectors(
  repository: ListedRepository,
  { sources, clients, context }: RepositorySources,
): Collectors<'repository'> {
  const { api, instance, name: namespace } = sources;
  const params = { namespace, repository: repository.name };
  const state = known('listRepos', 'repo:read', () => stateOf(repository), repository.raw);
  const images = imagesOf({
    sources,
    clients,
    images: context.images,
    repository: repository.name,
  });
  const { pushers, deleters, outsiders } = accessOf({ sources, repository, state });
  const opened = once(async () =>
    join([await instance.feature('ANONYMOUS_ACCESS')], (anonymous) =>
      openTo(repository, anonymous),
    ),
  );
  const lock = once(() => tagLock({ sources, repository, state, tags: images.tags }));
  return {
    ...images.collectors,
    publicPull: async () => opened(),
    outsideAccess: async () => joinLists([await everybody(opened), await outsiders()]),
    pushers,
    deleters,
    webhooks: async () =>
      eachEntry(await api.one('listRepoNotifications', notificationEntries, { params }), webhook),
    pushScan: async () =>
      join([await instance.feature('SECURITY_SCANNER')], (on) =>
        on ? { mode: 'on', engine: 'Clair', trigger: 'continuous' } : scannerOff,
      ),
    rescan: async () =>
      join([await instance.feature('SECURITY_SCANNER')], (on) =>
        on
          ? { mode: 'on', how: 'Clair, whenever its findings are asked for', days: null }
          : scannerOff,
      ),
    tagLock: lock,
    contentOrigin: () => contentOrigin(sources, repository, state),
    retention: () => retention(sources, repository),
    garbageCollection: async () =>
      join([await instance.feature('GARBAGE_COLLECTION')], (on) =>
        on
          ? { mode: 'untagged', by: 'garbage collection, some time after the last tag' }
          : { mode: 'none' },
      ),
    recovery: () => recovery(sources, repository),
    replication: async () =>
      instance.hosted ? storedByRedHat : join([await places(sources)], replication),
    replicationTargets: async () => (instance.hosted ? storedByRedHat : places(sources)),
  };
}

const storedByRedHat = unsupported('where quay.io stores images is up to Red Hat');

const scannerOff = { mode: 'off', why: 'FEATURE_SECURITY_SCANNER is off' } as const;

type PublicPull = ValueOf<RepositoryFacts['publicPull']>;

function openTo({ isPublic }: ListedRepository, anonymous: boolean): PublicPull {
  if (!isPublic) return { mode: 'nobody' };
  return anonymous
    ? { mode: 'anyone', how: 'the repository is public' }
    : { mode: 'any-account', how: 'the repository is public to all accounts of the instance' };
}

type Outsider = ValueOf<RepositoryFacts['outsideAccess']>[number];

async function everybody(opened: () => Promise<Learnt<PublicPull>>): Promise<Learnt<Outsider[]>> {
  return join([await opened()], (pull) => {
    if (pull.mode === 'nobody') return [];
    const kind = pull.mode === 'anyone' ? 'anyone' : 'everyone-signed-in';
    return [{ kind, id: '*', account: '', own: false, can: ['pull'], via: pull.how }];
  });
}

interface LockInput {
  readonly sources: NamespaceSources;
  readonly repository: ListedRepository;
  readonly state: Learnt<RepositoryState>;
  readonly tags: ReturnType<typeof imagesOf>['tags'];
}

/** Policies of the organization and of the repository add up; what a tag says of itself is the truth. */
async function tagLock({
  sources,
  repository,
  state,
  tags,
}: LockInput): Promise<RepositoryFacts['tagLock']> {
  const on = await sources.instance.feature('IMMUTABLE_TAGS', 17);
  if (on.state !== 'known') return on;
  if (!on.value) return join([on], () => ({ mode: 'none' }));
  const params = { namespace: sources.name, repository: repository.name };
  const own = await sources.api.one('listRepositoryImmutabilityPolicies', immutabilityPolicies, {
    params,
  });
  const expiring = await sources.instance.feature('IMMUTABLE_TAGS_CAN_EXPIRE', 17);
  const facts = [state, await tags(), expiring, await sources.immutability(), own] as const;
  return join(facts, (now, { all }, expire, ofNamespace: readonly Immutability[], ofRepository) => {
    // What is told of the single tag comes with the feature.
    if (all.some(({ immutable }) => immutable === null)) throw new Error('immutable is missing');
    if (now === 'READ_ONLY') return { mode: 'all' };
    // Whoever may write can let a tag end, and push its name anew.
    if (expire) return { mode: 'none' };
    return lockOf([...ofNamespace, ...ofRepository], all);
  });
}

async function contentOrigin(
  sources: NamespaceSources,
  repository: ListedRepository,
  state: Learnt<RepositoryState>,
): Promise<RepositoryFacts['contentOrigin']> {
  const facts = [await sources.proxyCache(), await mirrorOf(sources, repository, state)] as const;
  return join(facts, (cache, mirror) => {
    const upstream = cache === null ? mirror : cache;
    if (upstream === null) return { mode: 'own' };
    return { mode: 'cache', of: hostOf(upstream.url) ?? upstream.url };
  });
}

/** The policy of the configuration, those of the organization and those of the repository. */
async function retention(
  sources: NamespaceSources,
  { name: repository }: ListedRepository,
): Promise<RepositoryFacts['retention']> {
  const { api, instance, name: namespace } = sources;
  const on = await instance.feature('AUTO_PRUNE', 11);
  if (on.state !== 'known') return on;
  if (!on.value) return join([on], () => ({ mode: 'none', because: 'FEATURE_AUTO_PRUNE is off' }));
  const own = await api.one(
    'listRepositoryAutoPrunePolicies',
    (raw) => pruningPolicies(raw, 'the repository'),
    { params: { namespace, repository } },
  );
  const byDefault = join([await instance.info()], defaultPruning);
  return join([byDefault, await sources.pruning(), own], (...policies) =>
    retentionOf(policies.flat()),
  );
}

/** For how long deleted tags are kept: told with the organization, else with the repository. */
async function recovery(
  sources: NamespaceSources,
  { name: repository }: ListedRepository,
): Promise<RepositoryFacts['recovery']> {
  const { api, instance, name: namespace } = sources;
  const found = await sources.organization();
  const ofAll = join([found], (one) => one.recoverySeconds);
  const seconds: Fact<number> =
    ofAll.state === 'known' && ofAll.value !== null
      ? (ofAll as Learnt<number>)
      : await api.one('getRepo', (raw) => recoverySeconds(raw, repository), {
          params: { namespace, repository },
          query: { includeTags: 'false' },
        });
  const info = await instance.info();
  return join([seconds, info], (kept, { config }) => {
    if (maybeBoolean(config, 'PERMANENTLY_DELETE_TAGS') === true) {
      return {
        mode: 'none',
        because: 'PERMANENTLY_DELETE_TAGS lets whoever may write skip the time machine',
      };
    }
    return kept < 86_400 ? { mode: 'none' } : { mode: 'days', days: Math.floor(kept / 86_400) };
  });
}

type Place = ValueOf<RepositoryFacts['replicationTargets']>[number];

/** Quay copies blobs between storage engines of its own and pushes to no other registry. */
async function places({ instance }: NamespaceSources): Promise<Learnt<Place[]>> {
  const on = await instance.feature('STORAGE_REPLICATION');
  if (on.state !== 'known') return on;
  if (!on.value) return join([on], () => []);
  return join([await instance.settings()], (settings) =>
    storagePlaces(settings).map((place) => ({ place, account: place, own: true })),
  );
}

function replication(all: readonly Place[]): ValueOf<RepositoryFacts['replication']> {
  return all.length < 2 ? { mode: 'none' } : { mode: 'to', places: [...all] };
}
