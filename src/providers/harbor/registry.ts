import type { HttpClient } from '../../http/http.ts';
import type { Fact } from '../../model/fact.ts';
import type { Listing } from '../../model/snapshot.ts';
import type { Registry, ScanContext } from '../contract.ts';
import { join } from '../facts.ts';
import { readRegistry } from '../read-registry.ts';
import type { Project } from './decode/project.ts';
import { registryCollectors } from './facts/registry-facts.ts';
import { repositoryCollectors } from './facts/repository-facts.ts';
import { type Caller, type Settings, settingsOf } from './facts/settings.ts';
import { provides } from './provides.ts';
import { harborApi } from './wire/api.ts';

export interface InstanceInput {
  readonly id: string;
  readonly base: string;
  readonly client: HttpClient;
  /** The distribution API. */
  readonly content: HttpClient;
  readonly caller: Caller;
  /** Asks again who the credentials belong to. */
  readonly probe: () => Promise<Fact<Caller>>;
  readonly context: ScanContext;
}

/** One instance of Harbor. */
export function instance(input: InstanceInput): Registry {
  const { id, base, client, content, caller, probe, context } = input;
  return readRegistry<Project>(
    { id, provider: 'harbor', provides },
    context,
    ({ takenAt: now }) => {
      const api = harborApi(client);
      const settings = settingsOf(api, caller, probe);
      const sources = { api, content, settings, context, now };
      return {
        registryCollectors: registryCollectors(settings, { base, context }, now),
        repositories: () => listedProjects(settings),
        repositoryCollectors: () => (project) => repositoryCollectors(project, sources),
        calls: () => client.calls() + content.calls(),
        close: async () => {
          await Promise.all([client.close(), content.close()]);
        },
      };
    },
  );
}

/** The list of projects is read whole: facts of the instance rest on it as well. */
async function* listedProjects(settings: Settings): AsyncGenerator<readonly Project[], Listing> {
  const list = await settings.projects();
  if (list.state !== 'known') return list;
  const { value: all } = list;
  yield all;
  return join([await settings.visibility()], () => ({ repositories: all.length, others: 0 }));
}
