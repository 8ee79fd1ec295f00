import { once } from '../../../http/once.ts';
import type { Fact, ValueOf } from '../../../model/fact.ts';
import { hostOf } from '../../../model/host.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { everRemoves, type RetentionRule, selectsUntagged } from '../../../model/retention.ts';
import type { Collectors } from '../../collectors.ts';
import { always } from '../../contract.ts';
import { Inconclusive, join } from '../../facts.ts';
import { eachEntry } from '../../parts.ts';
import { projectCoverage } from '../decode/glob.ts';
import { type Immutable, immutable, tagLock } from '../decode/immutability.ts';
import { readOnly } from '../decode/instance.ts';
import { isPublic, type Project, retentionId, upstreamId } from '../decode/project.ts';
import { type Copying, hooks } from '../decode/registry.ts';
import { type KeepRule, keepRules, retentionPolicy } from '../decode/retention.ts';
import { doers } from './access.ts';
import { imageFacts } from './images.ts';
import { listed, type ProjectSources } from './project-sources.ts';
import { endpointOf } from './registry-facts.ts';
import { retentionOf } from './retention.ts';
import { gates } from './scanning.ts';
import { membersOf, type Settings } from './settings.ts';
import { demandsOf, signatureGate, signing } from './signing.ts';

/** How each fact of a project is learnt. */
export function repositoryCollectors(
  project: Project,
  sources: ProjectSources,
): Collectors<'repository'> {
  const { api, settings, now } = sources;
  const params = { project: project.id };
  const demands = listed(() => demandsOf(project));
  const members = once(() => membersOf(api, project.id));
  const held = once(() => api.all('ListImmuRules', immutable, { params }));
  const lock = once(async () => join([await held()], tagLock));
  const rules = once(() => retention(project, sources, held));
  const doing = { settings, project, members, lock, now };
  return {
    ...imageFacts(project, sources),
    ...gates(project, sources),
    publicPull: async () =>
      listed(() =>
        isPublic(project) ? { mode: 'anyone', how: 'the project is public' } : { mode: 'nobody' },
      ),
    outsideAccess: async () => listed(() => (isPublic(project) ? [everybody] : [])),
    pushers: async () => {
      const upstream = listed(() => upstreamId(project));
      if (upstream.state !== 'known') return upstream;
      // A cache takes images from its upstream alone (src/server/middleware/repoproxy).
      if (upstream.value !== null) return join([upstream], () => []);
      return doers('push', doing);
    },
    deleters: () => doers('delete', doing),
    webhooks: async () =>
      eachEntry(await api.all('ListWebhookPoliciesOfProject', (all) => all, { params }), (raw) =>
        hooks(raw, project.id),
      ),
    signing: async () => join([demands, await settings.info()], signing),
    signatureGate: async () => join([demands, await settings.info()], signatureGate),
    tagLock: lock,
    contentOrigin: () => contentOrigin(project, settings),
    retention: rules,
    garbageCollection: () => garbageCollection(rules, settings),
    recovery: async () =>
      join([await lock(), await settings.info()], (locked, info) => {
        if (readOnly(info)) return { mode: 'blocked', by: 'Harbor is in read-only mode' };
        return locked.mode === 'all'
          ? { mode: 'blocked', by: 'an immutability rule for every tag' }
          : { mode: 'none' };
      }),
    replication: async () =>
      join([await settings.copying()], (policies) => replication(project, policies)),
    replicationTargets: async () =>
      eachEntry(await settings.copying(), (policy) => replicationTargets(project, policy)),
  };
}

const everybody: ValueOf<RepositoryFacts['outsideAccess']>[number] = {
  kind: 'anyone',
  id: '*',
  account: '',
  own: false,
  can: ['pull'],
  via: 'the project is public',
};

async function contentOrigin(
  project: Project,
  settings: Settings,
): Promise<RepositoryFacts['contentOrigin']> {
  const upstream = listed(() => upstreamId(project));
  if (upstream.state !== 'known') return upstream;
  const { value } = upstream;
  if (value === null) return join([upstream], () => ({ mode: 'own' }));
  return join([await settings.registries()], (registries) => {
    const { url } = endpointOf(registries, value);
    return { mode: 'cache', of: hostOf(url) ?? url };
  });
}

async function retention(
  project: Project,
  { api }: ProjectSources,
  held: () => Promise<Fact<Immutable>>,
): Promise<RepositoryFacts['retention']> {
  const id = listed(() => retentionId(project));
  if (id.state !== 'known') return id;
  const { value } = id;
  const rules: Fact<readonly KeepRule[]> =
    value === null
      ? noRules
      : await api.one('getRetention', (raw) => keepRules(retentionPolicy(raw, value), project.id), {
          params: { id: value },
        });
  const cached = listed(() => upstreamId(project) !== null);
  return join([rules, await held(), cached], retentionOf);
}

/** Only asked where the project's own rules leave untagged images alone. */
async function garbageCollection(
  retentionRules: () => Promise<RepositoryFacts['retention']>,
  settings: Settings,
): Promise<RepositoryFacts['garbageCollection']> {
  const own = join([await retentionRules()], (value) =>
    value.mode === 'rules' ? value.rules.some(removesUntagged) : false,
  );
  if (own.state === 'known' && own.value) {
    return join([own], () => ({
      mode: 'not-asked',
      because: 'the retention rules remove untagged images already',
    }));
  }
  return join([await settings.collectsUntagged()], (collects) =>
    collects ? { mode: 'untagged', by: 'garbage collection' } : { mode: 'none' },
  );
}

function removesUntagged(rule: RetentionRule): boolean {
  return everRemoves(rule) && selectsUntagged(rule);
}

const noRules: Fact<readonly KeepRule[]> = always([], 'the project has no retention policy');

/** Where a policy copies any of a project to, whatever its filters choose of it. */
function replicationTargets(
  { name }: Project,
  { repositories, to }: Copying,
): ValueOf<RepositoryFacts['replicationTargets']> {
  const coverage = repositories === null ? 'all' : projectCoverage(repositories, name);
  if (coverage === 'none') return [];
  const host = hostOf(to) ?? to;
  return [{ place: host, account: host, own: false }];
}

/** Where the policies copy a whole project to. Throws when it may be a part of it. */
function replication(
  { name }: Project,
  policies: readonly Copying[],
): ValueOf<RepositoryFacts['replication']> {
  const places = policies.flatMap((policy) => {
    const coverage =
      policy.repositories === null ? 'all' : projectCoverage(policy.repositories, name);
    if (coverage === 'none') return [];
    if (coverage === 'unclear' || policy.narrowed) {
      throw new Inconclusive(
        `the policy ${policy.name} copies a part of it, which its filters choose`,
      );
    }
    const host = hostOf(policy.to) ?? policy.to;
    return [{ place: host, account: host, own: false }];
  });
  return places.length === 0 ? { mode: 'none' } : { mode: 'to', places };
}
