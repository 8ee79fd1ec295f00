import type { HttpClient } from '../../http/http.ts';
import type { Listing } from '../../model/snapshot.ts';
import type { Registry, ScanContext } from '../contract.ts';
import { known } from '../facts.ts';
import { gapOf } from '../parts.ts';
import { readRegistry } from '../read-registry.ts';
import type { Release } from './decode/release.ts';
import type { ImageRepository } from './decode/repository.ts';
import { registryCollectors } from './facts/registry-facts.ts';
import { repositoryCollectors } from './facts/repository-facts.ts';
import { type Settings, settingsOf } from './facts/settings.ts';
import type { NexusOptions } from './options.ts';
import { provides } from './provides.ts';
import { nexusApi } from './wire/api.ts';

export interface ServerInput {
  readonly id: string;
  /** Where the server is reached, its context path included. */
  readonly root: string;
  readonly client: HttpClient;
  /** The user that is signed in. */
  readonly caller: string;
  /** As a header told at sign-in; null: a proxy has replaced the header. */
  readonly release: Release | null;
  readonly options: NexusOptions;
  readonly context: ScanContext;
}

/** One server: its repositories of images are the repositories. */
export function serverRegistry(input: ServerInput): Registry {
  const { id, root, client, context } = input;
  return readRegistry<ImageRepository>({ id, provider: 'nexus', provides }, context, (at) => {
    const api = nexusApi(client);
    const settings = settingsOf({ api, ...input });
    const sources = { api, client, root, settings, context };
    return {
      registryCollectors: registryCollectors(settings, { root, context, now: at.takenAt }),
      repositories: () => imageRepositories(settings),
      repositoryCollectors: () => (repository) => repositoryCollectors(repository, sources),
      calls: client.calls,
      close: client.close,
    };
  });
}

/** One call lists all of them; whether that is all there are, the rights of the caller tell. */
async function* imageRepositories(
  settings: Settings,
): AsyncGenerator<readonly ImageRepository[], Listing> {
  const list = await settings.repositories();
  if (!('value' in list)) return list;
  yield list.value;
  if (list.state === 'partial') return gapOf(list);
  const whole = await settings.seesAll();
  if (whole.state !== 'known') return whole;
  const others = (await settings.entries()) - list.value.length;
  return known('listRepositorySettings', '', () => ({ repositories: list.value.length, others }));
}
