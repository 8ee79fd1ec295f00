import type { RepositoryFacts } from '../../../model/repository.ts';
import type { Collectors } from '../../collectors.ts';
import { unsupported } from '../../contract.ts';
import { join } from '../../facts.ts';
import { eachEntry, joinLists } from '../../parts.ts';
import { cacheOf } from '../decode/cache.ts';
import { onPremiumOnly } from '../decode/network.ts';
import { contentTrust, type Described, ownKey, region, untaggedDays } from '../decode/registry.ts';
import { tagLockOf } from '../decode/repository.ts';
import { concerns } from '../decode/webhooks.ts';
import type { RegistryAccess } from './access.ts';
import type { imagesOf } from './images.ts';
import { retentionOf } from './retention.ts';
import { pushScanOf, rescanOf, scanGateOf, signatureGateOf } from './scanning.ts';
import { inRegistry, type Settings } from './settings.ts';
import type { SubscriptionFacts } from './subscription.ts';

export interface RepositorySources {
  readonly registry: Described;
  readonly settings: Settings;
  readonly subscription: SubscriptionFacts;
  readonly access: RegistryAccess;
  readonly images: ReturnType<typeof imagesOf>;
}

/** How each fact of a repository is learnt. */
export function repositoryCollectors(
  repository: string,
  sources: RepositorySources,
): Collectors<'repository'> {
  const { registry, settings, subscription, access, images } = sources;
  const tagLock = async () => {
    const locked = await images.locked();
    if (locked.state === 'known' && locked.value) return join([locked], () => tagLockOf(true, []));
    return join([locked, await images.tags()], tagLockOf);
  };
  return {
    ...access.collectorsOf(repository),
    webhooks: () => webhooksOf(settings, repository),
    pushScan: () => pushScanOf(registry, subscription),
    rescan: () => rescanOf(registry, subscription),
    scanGate: () => scanGateOf(registry, subscription),
    recentScans: images.recentScans,
    signing: () => signing(registry),
    signatureGate: () => signatureGateOf(subscription),
    recentSignatures: images.recentSignatures,
    recentAttestations: images.recentAttestations,
    recentCandidates: images.recentCandidates,
    tagDigests: images.tagDigests,
    tagLock,
    contentOrigin: async () =>
      join([await settings.cacheRules(), await settings.cachesWritable()], (rules, writable) => {
        const of = writable ? null : cacheOf(rules, repository);
        return of === null ? { mode: 'own' } : { mode: 'cache', of };
      }),
    retention: () => retentionOf(repository, sources),
    recovery: () => recovery(sources),
    encryption: () => encryption(sources),
    replication: () => replication(sources),
    replicaSettings: async () =>
      join(
        [await replication(sources), await tagLock(), inRegistry(registry, ownKey)],
        (copies, lock, key) =>
          copies.mode === 'none'
            ? { mode: 'no-replicas' }
            : {
                // A replica is the same registry elsewhere: its locks and its key are the registry's.
                mode: 'copies',
                places: copies.places.map(({ place }) => ({
                  place,
                  tagLock: { mode: 'set' as const, lock },
                  encryption: key === null ? ('platform-key' as const) : ('own-key' as const),
                })),
              },
      ),
  };
}

async function webhooksOf(
  settings: Settings,
  repository: string,
): Promise<RepositoryFacts['webhooks']> {
  const hooks = await settings.webhooks();
  if (!('value' in hooks)) return hooks;
  const here = hooks.value.filter((hook) => concerns(hook, repository));
  const targets = await Promise.all(here.map(({ name }) => settings.webhookTarget(name)));
  return joinLists([
    eachEntry(hooks, () => []),
    ...targets.map((target) => join([target], (one) => [one])),
  ]);
}

/** Content trust is retired: on, it promises what it no longer keeps; off, there is nothing to set up. */
async function signing(registry: Described): Promise<RepositoryFacts['signing']> {
  const trust = inRegistry(registry, contentTrust);
  if (trust.state !== 'known') return trust;
  if (!trust.value) return unsupported(signedByClients);
  return join([trust], () => ({
    mode: 'broken',
    by: 'Docker Content Trust',
    why: 'it is retired, and signs and verifies nothing; move to Notation or cosign',
  }));
}

const signedByClients =
  'ACR signs nothing itself; signatures made by Notation or cosign show in recent-images-signed';

/** Soft delete; else a lock of the whole repository, under which nothing can be deleted (image lock guide). */
async function recovery({
  registry,
  settings,
  images,
}: RepositorySources): Promise<RepositoryFacts['recovery']> {
  const soft = await settings.softDeleteDays();
  if (soft.state !== 'known') return soft;
  const days = soft.value;
  if (days !== null) return join([soft], () => ({ mode: 'days', days }));
  return join(
    [soft, await images.locked(), inRegistry(registry, untaggedDays)],
    (_, locked, kept) => {
      if (locked) return { mode: 'blocked', by: 'the repository is locked as a whole' };
      const because = 'soft delete is off, which excludes a retention policy such as is on here';
      return { mode: 'none', ...(kept === null ? {} : { because }) };
    },
  );
}

/** Which key encrypts the registry, and whether Key Vault reports a customer-managed key as usable. */
async function encryption({
  registry,
  settings,
}: RepositorySources): Promise<RepositoryFacts['encryption']> {
  const key = inRegistry(registry, ownKey);
  if (key.state !== 'known') return key;
  const { value } = key;
  if (value === null) {
    return join([key], () => ({ mode: 'platform-key', detail: withoutKey(registry) }));
  }
  const name = value.rotates ? value.identifier : `${value.identifier}, pinned to one version`;
  return join([key, await settings.keyTrouble()], (_, trouble) => ({
    mode: 'own-key',
    key: name,
    usable: trouble === null ? { mode: 'yes' } : { mode: 'no', why: trouble },
  }));
}

function withoutKey({ plan }: Described): string {
  return plan === 'Premium'
    ? 'a customer-managed key can only be set when a registry is created'
    : `the ${plan} plan has no customer-managed keys, the Premium plan has`;
}

async function replication({
  registry,
  settings,
}: RepositorySources): Promise<RepositoryFacts['replication']> {
  return join([await settings.replicas()], (places) => {
    const others = places.filter((place) => place !== region(registry.location));
    if (others.length === 0) return { mode: 'none', ...onPremiumOnly(registry, 'replication') };
    return {
      mode: 'to',
      places: others.map((place) => ({ place, account: registry.subscription, own: true })),
    };
  });
}
