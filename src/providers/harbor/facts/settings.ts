import { once, oncePer } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import { Denied, join, known, unknown } from '../../facts.ts';
import { eachEntry, joinLists } from '../../parts.ts';
import { configuration, newestPull, systemInfo } from '../decode/instance.ts';
import { firstAccount, firstPerson, member, type Person, person } from '../decode/people.ts';
import { project } from '../decode/project.ts';
import { copying, endpoint } from '../decode/registry.ts';
import { type Robot, robot } from '../decode/robot.ts';
import { allowlist } from '../decode/scanning.ts';
import { collectsUntagged, schedule } from '../decode/schedule.ts';
import { operations } from '../operations.ts';
import type { HarborApi } from '../wire/api.ts';

/** Who the credentials belong to, as the identity probe told. */
export type Caller =
  | { readonly kind: 'robot'; readonly name: string }
  | { readonly kind: 'person'; readonly person: Person };

/** Settings of the instance, each read when first needed and only once. */
export type Settings = ReturnType<typeof settingsOf>;

export function settingsOf(api: HarborApi, caller: Caller, probe: () => Promise<Fact<Caller>>) {
  const firstUser = once(() => api.one('getUser', firstPerson, { params: { id: firstAccount } }));
  // The list of users leaves the first account out (src/pkg/user/manager.go, excludeDefaultAdmin).
  const users = once(async () => {
    const others = eachEntry(await api.all('listUsers', entries), (raw) => [person(raw)]);
    return joinLists([
      join([await firstUser()], (first) => [first]),
      eachEntry(others, (one) => (one.id === firstAccount ? [] : [one])),
    ]);
  });
  const robots = once(async () => robotsAt('system', await api.all('ListRobot', entries)));
  const projects = once(() =>
    api.all('listProjects', (all) => all.map(project), { query: { sort: 'name' } }),
  );
  const gcSchedule = once(() => api.one('getGCSchedule', schedule));
  const robotsOf = oncePer(async (id) => {
    const query = { q: `Level=project,ProjectID=${id}` };
    return robotsAt('project', await api.all('ListRobot', entries, { query }));
  });
  return {
    info: once(() => api.one('getSystemInfo', systemInfo)),
    configuration: once(async () =>
      caller.kind === 'robot' ? neverForRobots : api.one('getConfigurations', configuration),
    ),
    firstUser,
    users,
    robots,
    robotsOf: (id: number) => robotsOf(String(id)),
    projects,
    // Credentials that end meanwhile turn the caller into a stranger without a word, so they are proved
    // again once the list has been read.
    visibility: once(async () => {
      const seen = await visibility(caller, robots);
      const list = await projects();
      if (seen.state !== 'known' || list.state !== 'known') return seen;
      return join([seen, await probe()], (all, now) => {
        if (now.kind === caller.kind) return all;
        throw new Denied('the credentials are no longer what they were at sign-in');
      });
    }),
    registries: once(async () =>
      eachEntry(await api.all('listRegistries', entries), (raw) => [endpoint(raw)]),
    ),
    copying: once(async () =>
      eachEntry(await api.all('listReplicationPolicies', entries), (raw) => {
        const policy = copying(raw);
        return policy === null ? [] : [policy];
      }),
    ),
    scanAll: once(() => api.one('getScanAllSchedule', schedule)),
    purge: once(() => api.one('getPurgeSchedule', schedule)),
    allowlist: once(() => api.one('getSystemCVEAllowlist', allowlist)),
    newestPull: once(() =>
      api.one('listAuditLogExts', newestPull, {
        query: { q: 'operation=pull', sort: '-op_time', page: 1, page_size: 1 },
      }),
    ),
    collectsUntagged: once(async () => {
      const set = await gcSchedule();
      if (set.state !== 'known') return set;
      // Without a schedule that removes untagged images its runs say nothing.
      const ahead = join([set], (when) => collectsUntagged(when, []));
      if (ahead.state === 'known') return ahead;
      const runs = await api.one('getGCHistory', listOf, { query: { page: 1, page_size: 100 } });
      return join([set, runs], collectsUntagged);
    }),
  };
}

/** It is not even asked for: the answer is 403 whatever a robot was granted (src/common/rbac/const.go). */
const neverForRobots = unknown(
  'denied',
  'getConfigurations',
  'no robot can be granted the configuration; a user who is system administrator can read it',
  operations.getConfigurations.permission,
);

function entries(all: readonly unknown[]): readonly unknown[] {
  return all;
}

function robotsAt(level: 'system' | 'project', all: Fact<readonly unknown[]>) {
  return eachEntry(all, (raw) => [robot(raw, level)]);
}

function listOf(raw: unknown): readonly unknown[] {
  if (Array.isArray(raw)) return raw;
  throw new Error('the answer is not a list');
}

/** The members of a project. */
export async function membersOf(api: HarborApi, id: number) {
  const all = await api.all('listProjectMembers', entries, { params: { project: id } });
  return eachEntry(all, (raw) => [member(raw, id)]);
}

/**
 * Whether the list of projects is all there are: Harbor leaves out what the caller may not see and
 * says nothing about it (handler/project.go, ListProjects). True, or not known.
 */
async function visibility(
  caller: Caller,
  robots: () => Promise<Fact<readonly Robot[]>>,
): Promise<Fact<true>> {
  if (caller.kind === 'person') {
    const { administrator, administratorByGroup, name } = caller.person;
    return known('getCurrentUserInfo', '', () => {
      if (administrator || administratorByGroup) return true;
      throw new Denied(
        `${name} is no administrator, and Harbor shows it only public projects and those it is a member of`,
        operations.getConfigurations.permission,
      );
    });
  }
  return join([await robots()], (all) => {
    const permissions = all.find(({ name }) => name === caller.name)?.permissions ?? null;
    if (permissions === null || permissions.some(({ denied }) => denied.length > 0)) {
      throw new Denied(
        `Harbor does not show ${caller.name} what it may see itself, so it may not be every project`,
        operations.ListRobot.permission,
      );
    }
    const repositoryDefaults = permissions.some(
      ({ level, namespace, allowed }) =>
        (level === 'project' && namespace === '*') ||
        (level === 'system' && (allowed.includes('project:list') || allowed.includes('*:*'))),
    );
    if (repositoryDefaults) return true;
    throw new Denied(
      `${caller.name} is not for all projects, and Harbor shows it no others`,
      operations.listProjects.permission,
    );
  });
}
