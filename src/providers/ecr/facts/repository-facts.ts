import { once } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import type { Collectors } from '../../collectors.ts';
import type { ScanContext } from '../../contract.ts';
import { Inconclusive, join, known } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
import { retention } from '../decode/lifecycle.ts';
import {
  cacheOf,
  destinationsOf,
  type ReplicationRule,
  signingProfilesOf,
  templateFor,
} from '../decode/registry.ts';
import { type Described, encryption, tagLock, tagsOf } from '../decode/repository.ts';
import { type EffectiveScan, pushScan, rescan } from '../decode/scanning.ts';
import type { EcrApi } from '../wire/api.ts';
import type { Layers } from '../wire/layers.ts';
import type { RepositoryAccess } from './access.ts';
import { imageFacts } from './images.ts';
import type { Place, Settings } from './settings.ts';

export interface RepositorySources {
  readonly api: EcrApi;
  readonly place: Place;
  readonly settings: Settings;
  readonly access: RepositoryAccess;
  readonly layers: Layers;
  readonly context: Pick<ScanContext, 'images'>;
  /** The effective scan settings; asked for 25 repositories at a time. */
  readonly scan: () => Promise<Fact<EffectiveScan>>;
}

/** How each fact of a private repository is learnt. */
export function repositoryCollectors(
  repository: Described,
  sources: RepositorySources,
): Collectors<'repository'> {
  const { api, place, settings, access, scan } = sources;
  const { name, raw } = repository;
  const listed = <T>(decode: () => T) =>
    known('DescribeRepositories', 'ecr:DescribeRepositories', decode);
  const cache = once(async () =>
    join([await settings.cacheRules()], (rules) => cacheOf(rules, name)),
  );
  const images = imageFacts({
    api,
    layers: sources.layers,
    partition: place.partition,
    region: place.region,
    repository: name,
    images: sources.context.images,
    isCache: async () => join([await cache()], (rule) => rule !== null),
  });
  return {
    ...access.collectorsOf(repository),
    ...images,
    tagLock: async () => listed(() => tagLock(raw)),
    encryption: () =>
      encrypted(
        settings,
        listed(() => encryption(raw)),
      ),
    pushScan: async () =>
      join(
        [await settings.scanning(), await scan(), await settings.inspector()],
        ({ type }, effective, inspector) => pushScan(type, effective, inspector),
      ),
    rescan: () => rescanned(settings, scan),
    contentOrigin: async () =>
      join([await cache()], (rule) =>
        rule === null ? { mode: 'own' } : { mode: 'cache', of: rule.url },
      ),
    retention: () =>
      api.one('GetLifecyclePolicy', place.region, { repositoryName: name }, retention),
    signing: () => signed(settings, name),
    replication: async () =>
      join([await settings.replication()], (rules) => {
        const places = targetsOf(rules, name, place);
        return places.length === 0 ? { mode: 'none' } : { mode: 'to', places };
      }),
    replicationTargets: async () => {
      const rules = await settings.replication();
      if (rules.state !== 'partial') return join([rules], (all) => targetsOf(all, name, place));
      return { ...rules, value: targetsOf(rules.value, name, place) };
    },
    replicaSettings: () => replicas(settings, place, name),
    labels: () =>
      api.one('ListTagsForResource', place.region, { resourceArn: repository.arn }, tagsOf),
  };
}

function targetsOf(rules: readonly ReplicationRule[], name: string, here: Place) {
  return destinationsOf(rules, name).map(({ region, account }) => ({
    place: region,
    account,
    own: account === here.account,
  }));
}

async function encrypted(
  settings: Settings,
  stored: Fact<ReturnType<typeof encryption>>,
): Promise<RepositoryFacts['encryption']> {
  if (stored.state !== 'known') return stored;
  if (stored.value.kind === 'platform') {
    const { detail } = stored.value;
    return join([stored], () => ({ mode: 'platform-key', detail }));
  }
  const { key } = stored.value;
  return join([stored, await settings.key(key)], (_, { ownedBy, unusable }) => {
    if (ownedBy === 'platform') return { mode: 'platform-key', detail: 'an AWS managed key' };
    return {
      mode: 'own-key',
      key,
      usable: unusable === '' ? { mode: 'yes' } : { mode: 'no', why: unusable },
    };
  });
}

async function rescanned(
  settings: Settings,
  scan: () => Promise<Fact<EffectiveScan>>,
): Promise<RepositoryFacts['rescan']> {
  const [scanning, effective, inspector] = await Promise.all([
    settings.scanning(),
    scan(),
    settings.inspector(),
  ]);
  const withoutDays = join([scanning, effective, inspector], ({ type }, one, state) =>
    rescan(type, one, state, null),
  );
  if (withoutDays.state !== 'known' || withoutDays.value.mode === 'off') return withoutDays;
  return join([withoutDays, await settings.rescanDays()], (found, days) =>
    found.mode === 'on' ? { ...found, days } : found,
  );
}

async function signed(settings: Settings, repository: string): Promise<RepositoryFacts['signing']> {
  const rules = await settings.signing();
  if (rules.state !== 'known') return rules;
  const profiles = signingProfilesOf(rules.value, repository);
  if (profiles.length === 0) {
    return join([rules], () => ({ mode: 'off', why: 'no rule of managed signing covers it' }));
  }
  const troubles = await Promise.all(profiles.map(settings.profileTrouble));
  return join([rules, ...troubles], (_, ...found) => {
    const by = profiles.map((arn) => `signing profile ${arn.split('/').at(-1)}`).join(', ');
    const trouble = found.filter((why) => why !== '').join(', ');
    return trouble === '' ? { mode: 'on', by } : { mode: 'broken', by, why: trouble };
  });
}

async function replicas(
  settings: Settings,
  place: Place,
  repository: string,
): Promise<RepositoryFacts['replicaSettings']> {
  const rules = await settings.replication();
  if (rules.state !== 'known') return gapOf(rules);
  const destinations = destinationsOf(rules.value, repository);
  if (destinations.length === 0) return join([rules], () => ({ mode: 'no-replicas' }));
  const foreign = destinations.find(({ account }) => account !== place.account);
  if (foreign !== undefined) {
    return join([rules], () => {
      throw new Inconclusive(
        `the copies in account ${foreign.account} are set up there, and only there can that be read`,
      );
    });
  }
  const templates = await Promise.all(destinations.map(({ region }) => settings.templates(region)));
  return join([rules, ...templates], (_, ...perRegion) => ({
    mode: 'copies',
    places: destinations.map(({ region }, index) => {
      const template = templateFor(
        perRegion[index] === undefined ? [] : perRegion[index],
        'REPLICATION',
        repository,
      );
      return {
        place: region,
        tagLock: template === null ? { mode: 'default' } : { mode: 'set', lock: template.lock },
        encryption: template === null ? 'platform-key' : template.encryption,
      };
    }),
  }));
}
