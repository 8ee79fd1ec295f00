import type { RestAnswers, RestCall, RestReply, Route } from '../rest.ts';
import { Refused, restAnswers } from '../rest.ts';
import { artifactOf, artifactsOf } from './artifacts.ts';
import { plainConfiguration, plainRobot, plainUser, trivy } from './defaults.ts';
import { distributionRoutes } from './distribution.ts';
import type { Estate } from './estate.ts';
import { projectBy, projectsOf } from './projects.ts';
import { page, refusal } from './replies.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The default secret of the signed-in account; not valid anywhere else. */
export const demoSecret = 'demo-secret';

/** Responds like Harbor's REST API (v2.0) from an estate. */
export function harborAnswers(estate: Estate): RestAnswers {
  return restAnswers({
    routes: [
      ...[...instanceRoutes(estate), ...projectRoutes(estate)].map((route) => ({
        ...route,
        path: `/api/v2.0${route.path}`,
        answer: (call: RestCall) => withSession(route.answer(call)),
      })),
      ...distributionRoutes(estate, basicOf(estate)),
    ],
    refusals: {
      denied: () => refusal(403, 'FORBIDDEN', 'forbidden'),
      throttled: () => refusal(429, 'TOO_MANY_REQUEST', 'too many requests'),
      'not-implemented': () => refusal(404, 'NOT_FOUND', 'page not found'),
    },
    faults: estate.faults,
    unknownPath: ({ path }) => refusal(404, 'NOT_FOUND', `path ${path} was not found`),
  });
}

/** Adds a session cookie, as Harbor does in every response. */
function withSession(reply: RestReply): RestReply {
  const cookie = { 'set-cookie': 'sid=demo; Path=/; HttpOnly' };
  return { ...reply, headers: { ...cookie, ...reply.headers } };
}

/** Whether the credentials are valid; with a wrong password Harbor treats the call as anonymous. */
function signedIn(estate: Estate, { headers }: RestCall): boolean {
  return headers['authorization'] === basicOf(estate);
}

function basicOf({ caller }: Estate): string {
  const pair = `${caller.name}:${caller.secret ?? demoSecret}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

function administrator({ caller, users = [] }: Estate): boolean {
  const own = users.find(({ username }) => username === caller.name);
  return caller.kind === 'person' && own?.['sysadmin_flag'] === true;
}

/** The users of an estate; every instance has the first account. */
function usersOf({ users = [] }: Estate): readonly Fields[] {
  const first = { user_id: 1, username: 'admin', sysadmin_flag: true };
  return users.some((user) => user['user_id'] === 1) ? users : [first, ...users];
}

type Needs = 'anybody' | 'signed-in' | 'system' | 'administrator';

/** Adds a permission check to a route; a robot account of an estate has all possible permissions. */
function guarded(estate: Estate, needs: Needs, answer: Route['answer']): Route['answer'] {
  return (call) => {
    if (needs !== 'anybody' && !signedIn(estate, call)) {
      throw new Refused(refusal(401, 'UNAUTHORIZED', 'unauthorized'));
    }
    const isAdministrator = administrator(estate);
    const allowed =
      needs === 'anybody' ||
      needs === 'signed-in' ||
      isAdministrator ||
      (needs === 'system' && estate.caller.kind === 'robot');
    // At system level the error message of Harbor is the name of the caller.
    if (!allowed) throw new Refused(refusal(403, 'FORBIDDEN', estate.caller.name));
    return answer(call);
  };
}

function instanceRoutes(estate: Estate): Route[] {
  const { asOf } = estate;
  const get = (name: string, path: string, needs: Needs, answer: Route['answer']): Route => ({
    name,
    method: 'GET',
    path,
    answer: guarded(estate, needs, answer),
  });
  const object = (json: Fields | null | undefined): RestReply => (json ? { json } : { text: '' });
  return [
    get('getCurrentUserInfo', '/users/current', 'signed-in', () => currentUser(estate)),
    get('getSystemInfo', '/systeminfo', 'anybody', (call) => ({
      json: systemInfo(estate, signedIn(estate, call)),
    })),
    get('getConfigurations', '/configurations', 'administrator', () => ({
      json: Object.fromEntries(
        Object.entries({ ...plainConfiguration, ...estate.configuration })
          .filter(([key]) => !(estate.omits ?? []).includes(key))
          .map(([key, value]) => [key, { value, editable: true }]),
      ),
    })),
    get('listUsers', '/users', 'system', (call) =>
      page(
        estate,
        call,
        // The list never contains the first account (src/pkg/user/manager.go).
        (estate.users ?? [])
          .filter((user) => user['user_id'] !== 1)
          .map((user) => ({ ...plainUser(asOf), ...user })),
      ),
    ),
    get('getUser', '/users/{id}', 'system', ({ params }) => {
      const found = usersOf(estate).find((user) => String(user['user_id']) === params['id']);
      if (found === undefined) {
        throw new Refused(refusal(404, 'NOT_FOUND', `user ${params['id']} not found`));
      }
      return { json: { ...plainUser(asOf), ...found } };
    }),
    get('ListRobot', '/robots', 'signed-in', (call) => page(estate, call, robots(estate, call))),
    get('listRegistries', '/registries', 'system', (call) =>
      page(estate, call, estate.registries ?? []),
    ),
    get('listReplicationPolicies', '/replication/policies', 'system', (call) =>
      page(estate, call, estate.replication ?? []),
    ),
    get('getScanAllSchedule', '/system/scanAll/schedule', 'system', () =>
      estate.scanner === 'none'
        ? refusal(412, 'PRECONDITION', 'no scanner is configured, it is not possible to scan')
        : object(estate.scanAll),
    ),
    get('getPurgeSchedule', '/system/purgeaudit/schedule', 'system', () => object(estate.purge)),
    get('getGCSchedule', '/system/gc/schedule', 'system', () => object(estate.gc)),
    get('getGCHistory', '/system/gc', 'system', (call) => page(estate, call, estate.gcRuns ?? [])),
    get('getSystemCVEAllowlist', '/system/CVEAllowlist', 'signed-in', () => ({
      json: { id: 1, project_id: 0, items: [], ...estate.allowlist },
    })),
    get('listAuditLogExts', '/auditlog-exts', 'signed-in', (call) =>
      page(estate, call, pulls(estate)),
    ),
  ];
}

function projectRoutes(estate: Estate): Route[] {
  const get = (
    name: string,
    path: string,
    answer: (call: RestCall, project: ReturnType<typeof projectBy>) => RestReply,
  ): Route => ({
    name,
    method: 'GET',
    path,
    answer: guarded(estate, 'signed-in', (call) => {
      const wanted = call.params['project'] ?? '';
      const found = projectBy(estate, wanted);
      if (found === null)
        throw new Refused(refusal(404, 'NOT_FOUND', `project ${wanted} not found`));
      return answer(call, found);
    }),
  });
  return [
    {
      name: 'listProjects',
      method: 'GET',
      path: '/projects',
      answer: (call) => {
        const all = projectsOf(estate);
        const isOpen = ({ metadata }: (typeof all)[number]) => metadata['public'] === 'true';
        return page(estate, call, signedIn(estate, call) ? all : all.filter(isOpen));
      },
    },
    get('listProjectMembers', '/projects/{project}/members', (call, one) =>
      page(estate, call, ofProject(one, one?.project.members)),
    ),
    get('ListImmuRules', '/projects/{project}/immutabletagrules', (call, one) =>
      page(estate, call, one?.project.immutable ?? []),
    ),
    get('getScannerOfProject', '/projects/{project}/scanner', (_, one) => {
      const scanner = one?.project.scanner === undefined ? estate.scanner : one.project.scanner;
      if (scanner === 'none') return { text: '' };
      return { json: { ...trivy, ...scanner } };
    }),
    get('ListWebhookPoliciesOfProject', '/projects/{project}/webhook/policies', (call, one) =>
      page(estate, call, ofProject(one, one?.project.webhooks)),
    ),
    get('listArtifactsOfProject', '/projects/{project}/artifacts', (call, one) =>
      page(estate, call, one === null ? [] : artifactsOf(one)),
    ),
    get(
      'getArtifact',
      '/projects/{project}/repositories/{repository}/artifacts/{digest}',
      ({ params }, one) => {
        const repository = decodeURIComponent(params['repository'] ?? '');
        const json = one === null ? null : artifactOf(one, repository, params['digest'] ?? '');
        if (json === null) throw new Refused(refusal(404, 'NOT_FOUND', 'artifact not found'));
        return { json };
      },
    ),
    {
      name: 'getRetention',
      method: 'GET',
      path: '/retentions/{id}',
      answer: guarded(estate, 'signed-in', ({ params }) => {
        const all = projectsOf(estate).map(({ name }) => projectBy(estate, name));
        const found = all.find((one) => String(one?.project.retention?.['id']) === params['id']);
        // Not 404: Harbor does not expect a missing policy.
        if (!found) throw new Refused(refusal(500, 'UNKNOWN', 'internal server error'));
        return {
          json: { ...found.project.retention, scope: { level: 'project', ref: found.id } },
        };
      }),
    },
  ];
}

/** The entries of a project. */
function ofProject(
  one: ReturnType<typeof projectBy>,
  entries: readonly Fields[] = [],
): readonly Fields[] {
  return one === null ? [] : entries.map((entry) => ({ ...entry, project_id: one.id }));
}

function currentUser(estate: Estate): RestReply {
  const { caller, users = [] } = estate;
  if (caller.kind === 'robot') {
    return refusal(
      412,
      'PRECONDITION',
      'get current user not available for security context: robot',
    );
  }
  const own = users.find(({ username }) => username === caller.name);
  return { json: { ...plainUser(estate.asOf), username: caller.name, user_id: 99, ...own } };
}

function systemInfo({ info, asOf }: Estate, authenticated: boolean): Fields {
  const open = { auth_mode: 'oidc_auth', primary_auth_mode: true, self_registration: false };
  const guardedInfo = {
    harbor_version: 'v2.15.2-1a2b3c4d',
    external_url: 'https://harbor.example.org',
    registry_url: 'harbor.example.org',
    read_only: false,
    project_creation_restriction: 'adminonly',
    has_ca_root: false,
    notification_enable: true,
    registry_storage_provider_name: 's3',
    current_time: asOf,
  };
  const all = { oidc_provider_name: 'example', ...open, ...guardedInfo, ...info };
  const hidden = authenticated ? [] : Object.keys(guardedInfo);
  return Object.fromEntries(
    Object.entries(all).filter(([key, value]) => value !== null && !hidden.includes(key)),
  );
}

/** Robot accounts; without a level only system-level ones (handler/robot.go). */
function robots(estate: Estate, { query }: RestCall): readonly Fields[] {
  const filters = new Map(
    (query.get('q') ?? '').split(',').map((pair) => pair.split('=') as [string, string]),
  );
  const level = filters.get('Level') ?? 'system';
  const project = filters.get('ProjectID');
  if (level === 'project' && project === undefined) {
    throw new Refused(
      refusal(400, 'BAD_REQUEST', 'must with project ID when to query project robots'),
    );
  }
  const found =
    level === 'project' ? projectBy(estate, project ?? '')?.project.robots : estate.robots;
  return (found ?? []).map((robot, index) => ({ id: index + 1, level, ...plainRobot, ...robot }));
}

function pulls({ pulls: times = [] }: Estate): readonly Fields[] {
  return times.map((op_time, index) => ({
    id: index + 1,
    operation: 'pull',
    resource_type: 'artifact',
    resource: 'shop/web:1.4',
    username: 'robot$shop+deploy',
    operation_result: true,
    op_time,
  }));
}
