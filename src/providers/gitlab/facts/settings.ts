import { once, oncePer } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import { unsupported } from '../../contract.ts';
import { Inconclusive, join } from '../../facts.ts';
import { eachEntry } from '../../parts.ts';
import { groupAt, lineOf } from '../decode/group.ts';
import { webhook } from '../decode/hooks.ts';
import { instanceSettings, release } from '../decode/instance.ts';
import { administrator, member } from '../decode/people.ts';
import { type Project, project } from '../decode/project.ts';
import { listedRepository } from '../decode/repository.ts';
import { accessToken, deployToken } from '../decode/tokens.ts';
import { entries, type GitlabApi } from '../wire/api.ts';
import { copiesOf } from './geo.ts';

/** What a target stands for. */
export type Scope =
  | { readonly kind: 'group'; readonly path: string }
  | { readonly kind: 'project'; readonly project: Project };

/** Settings of an instance and its groups and projects, each read when first needed and only once. */
export type Settings = ReturnType<typeof settingsOf>;

/** `hosted`: by the vendor, so that nobody but the vendor administers the instance. */
export function settingsOf(api: GitlabApi, scope: Scope, hosted: boolean) {
  const group = oncePer((path) => api.one('getGroup', groupAt(path), { params: { group: path } }));
  const repositories = once(async () => {
    const decode = (all: readonly unknown[]) => all.map(listedRepository);
    return scope.kind === 'group'
      ? api.all('listGroupRepositories', decode, { params: { group: scope.path } })
      : api.all('listProjectRepositories', decode, { params: { project: scope.project.id } });
  });
  const projects = once(async () => {
    if (scope.kind === 'project') {
      return api.one('getProject', (raw) => [sameProject(raw, scope.project)], {
        params: { project: scope.project.id },
      });
    }
    return api.all('listGroupProjects', (all) => all.map(project), {
      params: { group: scope.path },
      query: { include_subgroups: 'true', with_shared: 'false' },
    });
  });
  const projectsWithImages = once(async () =>
    join([await repositories(), await projects()], (all, known) =>
      [...new Set(all.map((one) => one.project))].map((id) => projectIn(known, id)),
    ),
  );
  /** The group that all of it is in; null: it belongs to a person. */
  const home = (): string | null => (scope.kind === 'group' ? scope.path : scope.project.group);
  return {
    api,
    scope,
    hosted,
    home,
    group,
    repositories,
    projects,
    projectsWithImages,
    projectOf: async (id: number): Promise<Fact<Project>> =>
      join([await projects()], (all) => projectIn(all, id)),
    /** Every group that a path lies in, from the outermost on. */
    groupsAbove: (path: string | null) =>
      (path === null ? [] : lineOf(path)).map((one) => group(one)),
    members: oncePer(async (id) =>
      eachEntry(await api.all('listProjectMembers', entries, { params: { project: id } }), member),
    ),
    groupMembers: oncePer(async (path) =>
      eachEntry(await api.all('listGroupMembers', entries, { params: { group: path } }), member),
    ),
    /** Without those of groups above and of invited groups. */
    directMembers: oncePer(async (path) =>
      eachEntry(await api.all('listDirectMembers', entries, { params: { group: path } }), member),
    ),
    deployTokens: oncePer(async (id) =>
      eachEntry(
        await api.all('listDeployTokens', entries, { params: { project: id } }),
        deployToken,
      ),
    ),
    groupDeployTokens: oncePer(async (path) =>
      eachEntry(
        await api.all('listGroupDeployTokens', entries, { params: { group: path } }),
        deployToken,
      ),
    ),
    accessTokens: oncePer(async (id) =>
      eachEntry(
        await api.all('listAccessTokens', entries, { params: { project: id } }),
        accessToken,
      ),
    ),
    groupAccessTokens: oncePer(async (path) =>
      eachEntry(
        await api.all('listGroupAccessTokens', entries, { params: { group: path } }),
        accessToken,
      ),
    ),
    groupHooks: oncePer(async (path) =>
      eachEntry(await api.all('listGroupHooks', entries, { params: { group: path } }), (raw) => [
        webhook(raw),
      ]),
    ),
    instance: once(() => api.one('getSettings', instanceSettings)),
    instanceAdministrators: once(async () =>
      eachEntry(
        await api.all('listAdministrators', entries, { query: { admins: 'true' } }),
        administrator,
      ),
    ),
    copies: copiesOf(api, hosted),
    metadata: once(() => api.one('getMetadata', release)),
  };
}

export const ofPerson = unsupported('what belongs to a person is in no group');

function projectIn(all: readonly Project[], id: number): Project {
  const found = all.find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new Inconclusive(`project ${id} is not in the list of projects`);
}

function sameProject(raw: unknown, asked: Project): Project {
  const found = project(raw);
  if (found.id === asked.id) return found;
  throw new Error(`the answer is about project ${found.id}, and ${asked.id} was asked for`);
}
