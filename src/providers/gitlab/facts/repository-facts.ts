import { once } from '../../../http/once.ts';
import type { Fact, ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import type { TagLock } from '../../../model/tag-lock.ts';
import type { Collectors } from '../../collectors.ts';
import type { ScanContext } from '../../contract.ts';
import { Inconclusive, join, known } from '../../facts.ts';
import { eachEntry, gapOf, joinLists, withRest } from '../../parts.ts';
import { cleanupPolicy, ranLately, retentionOf } from '../decode/cleanup.ts';
import { findings } from '../decode/findings.ts';
import { webhook } from '../decode/hooks.ts';
import { immutableRules, lockOf } from '../decode/lock.ts';
import { openTo, type Project } from '../decode/project.ts';
import type { ListedRepository } from '../decode/repository.ts';
import { repositoryRule } from '../decode/rules.ts';
import { scanPolicies } from '../decode/scan-policies.ts';
import { scanSettings } from '../decode/settings.ts';
import { entries } from '../wire/api.ts';
import type { Clients } from '../wire/clients.ts';
import { doers, groupsOf } from './access.ts';
import type { Batch } from './batches.ts';
import { replication, replicationTargets } from './geo.ts';
import { imageFacts, type Tags, tagsOf } from './images.ts';
import { unscanned } from './not-exposed.ts';
import { outsideAccess, pipelinesOfOthers } from './outside.ts';
import { pushScan, rescan } from './scanning.ts';
import type { Settings } from './settings.ts';

export interface RepositorySources {
  readonly settings: Settings;
  readonly clients: Clients;
  readonly context: Pick<ScanContext, 'images'>;
  /** When it is read, ISO 8601. */
  readonly now: string;
  readonly tagRules: Batch;
  readonly findings: Batch;
  readonly policies: Batch;
  /** What is learnt of a project, once for all its repositories. */
  readonly ofProject: (id: number) => ProjectFacts;
}

type ProjectFacts = ReturnType<typeof projectFacts>;

/** What a project tells of all its repositories, each call made once. */
export function projectFacts(settings: Settings, id: number) {
  const { api } = settings;
  const params = { project: id };
  return {
    rules: once(async () => {
      const project = await settings.projectOf(id);
      if (project.state !== 'known') return gapOf(project);
      const { path } = project.value;
      return api.all('listRepositoryRules', (all) => all.map((raw) => repositoryRule(raw, path)), {
        params,
      });
    }),
    jobTokens: once(async () => {
      const project = await settings.projectOf(id);
      return project.state === 'known'
        ? pipelinesOfOthers(settings, project.value)
        : gapOf(project);
    }),
    scans: once(() => api.one('getSecuritySettings', (raw) => scanSettings(raw, id), { params })),
    hooks: once(async () =>
      eachEntry(await api.all('listHooks', entries, { params }), (raw) => [webhook(raw)]),
    ),
  };
}

/** How each fact of a repository is learnt. */
export function repositoryCollectors(
  repository: ListedRepository,
  sources: RepositorySources,
): Collectors<'repository'> {
  const { settings, clients, context, now, tagRules, findings: counted, policies } = sources;
  const { name } = repository;
  const { rules, scans, hooks, jobTokens } = sources.ofProject(repository.project);
  const withProject =
    <T>(work: (project: Project) => Promise<Fact<T>>) =>
    async (): Promise<Fact<T>> => {
      const project = await settings.projectOf(repository.project);
      return project.state === 'known' ? work(project.value) : (gapOf(project) as Fact<T>);
    };
  const batch = (of: Batch) => withProject(({ path }) => of(path));
  const wanted = context.images.tags;
  const images = { api: settings.api, clients, context };
  const tags = once(() => tagsOf(repository, images));
  const lock = once(async () => {
    const rules = join([await batch(tagRules)()], (found) => lockOf(immutableRules(found), wanted));
    return settings.hosted ? rules : inForce(rules, tags);
  });
  const scanning = {
    settings: scans,
    policies: async () => join([await batch(policies)()], scanPolicies),
  };
  const access = (ability: 'push' | 'delete') =>
    withProject((project) => doers(ability, { settings, project, repository: name, rules }));
  return {
    ...imageFacts(repository, images, tags),
    publicPull: withProject(async (project) => listed(() => publicPull(project))),
    pushers: access('push'),
    deleters: access('delete'),
    outsideAccess: withProject((project) => outsideAccess(settings, project, jobTokens)),
    webhooks: withProject(async (project) => {
      const above = groupsOf(project).map((path) => settings.groupHooks(path));
      return joinLists([await hooks(), ...(await Promise.all(above))]);
    }),
    pushScan: () => pushScan(scanning),
    rescan: () => rescan(scanning),
    recentScans: async () => {
      const all = eachEntry(
        join([await batch(counted)()], (found) => [findings(found)]),
        ({ critical, high }) =>
          critical + high === 0
            ? []
            : [
                {
                  image: `the images of ${name} that GitLab scanned`,
                  scan: { mode: 'finished' as const, critical, high },
                },
              ],
      );
      return withRest(joinLists([all]), unscanned);
    },
    replication: async () => replication(await settings.copies()),
    replicationTargets: async () => replicationTargets(await settings.copies()),
    tagLock: lock,
    retention: withProject((project) => retention({ settings, now }, project, repository, wanted)),
    garbageCollection: async () => (settings.hosted ? collected : listed(() => untoldCollection())),
    recovery: async () =>
      join([await lock()], ({ mode }) =>
        mode === 'all'
          ? { mode: 'blocked', by: 'an immutability rule for every tag' }
          : { mode: 'none' },
      ),
  };
}

/** A fact that the list itself tells. */
function listed<T>(decode: () => T): Fact<T> {
  return known('listGroupProjects', '', decode) as Fact<T>;
}

function publicPull(project: Project): ValueOf<RepositoryFacts['publicPull']> {
  switch (openTo(project)) {
    case 'anyone':
      return { mode: 'anyone', how: 'project and registry are public' };
    case 'signed-in':
      return { mode: 'any-account', how: 'the project is internal, and its registry open to all' };
    case 'members':
      return { mode: 'nobody' };
  }
}

/**
 * Rules of tags bind only where the registry has a metadata database (docs, Protected container tags). Only such
 * a registry tells when a tag was pushed, and without that no tag can be read here.
 */
async function inForce(
  rules: Fact<TagLock>,
  tags: () => Promise<Fact<Tags>>,
): Promise<Fact<TagLock>> {
  if (rules.state !== 'known' || rules.value.mode === 'none') return rules;
  return join([rules, await tags()], (lock, { read }) => {
    if (read.length > 0) return lock;
    throw new Inconclusive(
      'without a tag nothing shows whether the registry has the metadata database that rules of tags take',
    );
  });
}

/** On an instance of one's own the policies may have no workers; a run of this one lately proves the contrary. */
async function retention(
  { settings, now }: Pick<RepositorySources, 'settings' | 'now'>,
  project: Project,
  { cleanupAt }: ListedRepository,
  wanted: readonly string[],
): Promise<RepositoryFacts['retention']> {
  const own = listed(() => retentionOf(cleanupPolicy(project), wanted));
  if (own.state !== 'known' || own.value.mode === 'none' || settings.hosted) return own;
  const lately = listed(() => ranLately(project, cleanupAt, now));
  if (lately.state !== 'known') return gapOf(lately);
  if (lately.value) return own;
  return join([own, await settings.instance()], (policy, { cleanupWorkers }) =>
    cleanupWorkers === 0
      ? { mode: 'none', because: 'the instance lets no cleanup policy run' }
      : policy,
  );
}

const collected: RepositoryFacts['garbageCollection'] = known('listGroupRepositories', '', () => ({
  mode: 'untagged',
  by: 'the garbage collection of GitLab.com, a day after the last tag is gone',
}));

function untoldCollection(): never {
  throw new Inconclusive(
    'no API tells whether the registry has a metadata database, which removes untagged images by itself, or whether garbage collection is run by hand',
  );
}
