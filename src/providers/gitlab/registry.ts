import type { Listing } from '../../model/snapshot.ts';
import type { Registry, ScanContext } from '../contract.ts';
import { join } from '../facts.ts';
import { gapOf } from '../parts.ts';
import { readRegistry } from '../read-registry.ts';
import type { ListedRepository } from './decode/repository.ts';
import { batched } from './facts/batches.ts';
import { registryCollectors } from './facts/registry-facts.ts';
import { projectFacts, repositoryCollectors } from './facts/repository-facts.ts';
import { type Scope, type Settings, settingsOf } from './facts/settings.ts';
import { transport } from './facts/transport.ts';
import { provides } from './provides.ts';
import { gitlabApi } from './wire/api.ts';
import type { Clients } from './wire/clients.ts';
import { findingsQuery, scanPoliciesQuery, tagRulesQuery } from './wire/queries.ts';

export interface RegistryInput {
  /** `gitlab://gitlab.com/acme` */
  readonly id: string;
  readonly base: string;
  readonly scope: Scope;
  /** By the vendor: GitLab.com. */
  readonly hosted: boolean;
  readonly clients: () => Clients;
  readonly context: ScanContext;
}

/** A group with all below it, or a project. */
export function registryOf(input: RegistryInput): Registry {
  const { id, base, scope, hosted, context } = input;
  return readRegistry<ListedRepository>(
    { id, provider: 'gitlab', provides },
    context,
    ({ takenAt, signal }) => {
      const clients = input.clients();
      const api = gitlabApi(clients.api);
      const settings = settingsOf(api, scope, hosted);
      const paths = async () =>
        join([await settings.projectsWithImages()], (all) => all.map(({ path }) => path));
      const known = new Map<number, ReturnType<typeof projectFacts>>();
      const sources = {
        settings,
        clients,
        context,
        now: takenAt,
        tagRules: batched(api, 'queryTagRules', tagRulesQuery, paths),
        findings: batched(api, 'queryFindings', findingsQuery, paths),
        policies: batched(api, 'queryScanPolicies', scanPoliciesQuery, paths),
        ofProject: (project: number) => {
          const found = known.get(project) ?? projectFacts(settings, project);
          known.set(project, found);
          return found;
        },
      };
      const served = async () =>
        transport(base, settings.repositories, clients.registryBase, {
          ...context,
          signal,
        });
      return {
        registryCollectors: registryCollectors(settings, served, takenAt),
        repositories: () => listedRepositories(settings),
        repositoryCollectors: () => (repository) => repositoryCollectors(repository, sources),
        calls: clients.calls,
        close: clients.close,
      };
    },
  );
}

/** The list is read whole: the tokens of every project with images are facts of the registry. */
async function* listedRepositories(
  settings: Settings,
): AsyncGenerator<readonly ListedRepository[], Listing> {
  const list = await settings.repositories();
  if (list.state !== 'known') return gapOf(list);
  yield list.value;
  return join([list], (all) => ({ repositories: all.length, others: 0 }));
}
