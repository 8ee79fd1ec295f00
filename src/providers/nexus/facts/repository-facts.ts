import { DecodeError } from '../../../decode/fields.ts';
import type { Unsupported, ValueOf } from '../../../model/fact.ts';
import { hostOf } from '../../../model/host.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import type { TagLock } from '../../../model/tag-lock.ts';
import type { Collectors } from '../../collectors.ts';
import { unsupported } from '../../contract.ts';
import { join } from '../../facts.ts';
import {
  deploymentPolicy,
  firewallMode,
  type ImageRepository,
  remote,
} from '../decode/repository.ts';
import { deleters, pushers } from './access.ts';
import { webhooks } from './capabilities.ts';
import { type ImageSources, imagesOf } from './images.ts';
import { listed } from './listed.ts';
import { outsideAccess, publicPull } from './public-access.ts';
import { garbageCollection, retention } from './retention.ts';
import type { Settings } from './settings.ts';
import { signatureGate, signing } from './signing.ts';
import { encryption } from './storage.ts';

/** What only a repository with content of its own has. */
const holdsNothing: Unsupported = unsupported(
  'a group holds no images of its own; its members are judged',
);
const notGated: Unsupported = unsupported(
  'Repository Firewall holds back only what a proxy fetches, never what is pushed',
);

/** How each fact of a repository is learnt. */
export function repositoryCollectors(
  repository: ImageRepository,
  sources: ImageSources,
): Collectors<'repository'> {
  const { settings } = sources;
  const ofContent = <T>(learn: () => Promise<T>) =>
    repository.type === 'group' ? async () => holdsNothing : learn;
  const images = imagesOf(repository, sources);
  return {
    publicPull: () => publicPull(repository, settings),
    pushers: () => pushers(repository, settings),
    deleters: ofContent(() => deleters(repository, settings)),
    outsideAccess: () => outsideAccess(repository, settings),
    webhooks: () => webhooks(repository.name, settings),
    scanGate:
      repository.type === 'proxy' ? () => scanGate(repository, settings) : async () => notGated,
    signing: async () => listed(() => signing(repository)),
    signatureGate: async () => listed(() => signatureGate(repository)),
    recentSignatures: ofContent(images.recentSignatures),
    recentAttestations: ofContent(images.recentAttestations),
    recentCandidates: ofContent(images.recentCandidates),
    tagDigests: ofContent(images.tagDigests),
    tagLock: ofContent(async () => listed(() => tagLock(repository))),
    contentOrigin: async () => listed(() => contentOrigin(repository)),
    retention: ofContent(() => retention(repository, settings)),
    garbageCollection: ofContent(() => garbageCollection(repository, settings)),
    encryption: ofContent(() => encryption(repository.blobStore, settings)),
  };
}

/** The tags of a proxy follow those of its upstream. */
function tagLock(repository: ImageRepository): TagLock {
  if (repository.type === 'proxy') return { mode: 'none' };
  const { writePolicy, latestMoves } = deploymentPolicy(repository);
  switch (writePolicy) {
    case 'ALLOW':
      return { mode: 'none' };
    case 'DENY':
      return { mode: 'all' };
    case 'ALLOW_ONCE':
      if (latestMoves === null) throw new DecodeError('latestPolicy is missing');
      return latestMoves ? { mode: 'all-except', patterns: ['latest'] } : { mode: 'all' };
  }
}

function contentOrigin(repository: ImageRepository): ValueOf<RepositoryFacts['contentOrigin']> {
  if (repository.type !== 'proxy') return { mode: 'own' };
  const of = hostOf(remote(repository).url);
  if (of === null) throw new DecodeError('remoteUrl is not an address');
  return { mode: 'cache', of };
}

/** Audit only logs; so does quarantine, for as long as IQ Server does not respond and that lets through. */
async function scanGate(
  repository: ImageRepository,
  settings: Settings,
): Promise<RepositoryFacts['scanGate']> {
  const mode = listed(() => firewallMode(repository));
  if (mode.state !== 'known') return mode;
  switch (mode.value) {
    case 'DISABLED':
      return join([mode], () => ({ mode: 'none' }));
    case 'AUDIT':
    case 'PCCS':
      return join([mode], () => ({ mode: 'reports-only' }));
    case 'QUARANTINE':
      return join([mode, await settings.iq()], (_, { enabled, failOpen }) => {
        if (!enabled) return { mode: 'none' };
        return failOpen
          ? { mode: 'reports-only' }
          : { mode: 'blocks', threshold: 'the policies of IQ Server', exceptions: [] };
      });
  }
}
