import { refusedByHttp } from '../../http/http-errors.ts';
import type { Operation } from '../contract.ts';
import type { HttpOperation } from '../http-api.ts';

/** One permission of a robot account (goharbor/harbor, src/common/rbac/const.go). */
export interface Grant {
  readonly level: 'system' | 'project';
  readonly resource: string;
  readonly action: 'read' | 'list' | 'pull';
}

/** A GET of the REST API, called as its description calls it; or, without a path, a look at the wire. */
export interface HarborOperation extends Operation {
  readonly path: string | null;
  readonly grants: readonly Grant[];
}

type ApiOperation = HarborOperation & HttpOperation;

type Means = Operation['means'];

/** One object of the instance, which fits in a few kilobytes whatever is in it. */
const object = { largestPage: 64 * 1024 } as const;

/** Harbor says with an empty body that nothing was ever set. */
const emptyIfUnset = { emptyBody: 'absent', largestPage: 64 * 1024 } as const;

const description = 'https://github.com/goharbor/harbor/blob/main/api/v2.0/swagger.yaml';
/** What has gone since it was listed. */
const gone = { '404': 'inconclusive' } as const;

/** A route that came with a release; what has gone is answered alike. */
const since = (version: string) => {
  const cure = `use Harbor ${version} or later: earlier releases do not have this call`;
  return { '404': { why: 'denied-or-absent', cure } } as const;
};

function operation(
  path: string,
  grants: readonly Grant[],
  means: Means = {},
  permission = grants[0] === undefined ? '' : `${grants[0].resource}:${grants[0].action}`,
): ApiOperation {
  return { path, grants, permission, doc: description, means: { ...refusedByHttp, ...means } };
}

const system = (resource: string, action: Grant['action']): Grant => ({
  level: 'system',
  resource,
  action,
});
const project = (resource: string, action: Grant['action']): Grant => ({
  level: 'project',
  resource,
  action,
});

/** The calls of the API, by their paths below `/api/v2.0`. */
export const calls = {
  getCurrentUserInfo: { ...operation('/users/current', []), ...object },
  getSystemInfo: { ...operation('/systeminfo', []), ...object },
  // Robots cannot be granted `configuration` at all; it takes the flag of a user.
  getConfigurations: operation('/configurations', [], {}, 'sysadmin_flag'),
  getUser: { ...operation('/users/{id}', [system('user', 'read')], gone), ...object },
  listUsers: operation('/users', [system('user', 'list')]),
  ListRobot: operation('/robots', [system('robot', 'list'), project('robot', 'list')], gone),
  listRegistries: operation('/registries', [system('registry', 'list')]),
  listReplicationPolicies: operation('/replication/policies', [
    system('replication-policy', 'list'),
  ]),
  // 412 is Harbor's way of saying that there is no default scanner (handler/scan_all.go).
  getScanAllSchedule: {
    ...operation('/system/scanAll/schedule', [system('scan-all', 'read')], { '412': 'absent' }),
    ...emptyIfUnset,
  },
  getPurgeSchedule: {
    ...operation('/system/purgeaudit/schedule', [system('purge-audit', 'read')]),
    ...emptyIfUnset,
  },
  getGCSchedule: {
    ...operation('/system/gc/schedule', [system('garbage-collection', 'read')]),
    ...emptyIfUnset,
  },
  getGCHistory: operation('/system/gc', [system('garbage-collection', 'list')]),
  getSystemCVEAllowlist: operation('/system/CVEAllowlist', []),
  // Without the permission it answers 200 with what little the caller may see (handler/auditlog.go).
  listAuditLogExts: operation('/auditlog-exts', [system('audit-log', 'list')], since('2.13')),
  listProjects: operation('/projects', [system('project', 'list'), project('project', 'read')]),
  listProjectMembers: operation('/projects/{project}/members', [project('member', 'list')], gone),
  ListImmuRules: operation(
    '/projects/{project}/immutabletagrules',
    [project('immutable-tag', 'list')],
    gone,
  ),
  getRetention: operation('/retentions/{id}', [project('tag-retention', 'read')], {
    ...gone,
    '5xx': {
      why: 'unreachable',
      cure: 'scan again: a policy that was just deleted answers so, too',
    },
  }),
  getScannerOfProject: {
    ...operation('/projects/{project}/scanner', [project('scanner', 'read')], gone),
    ...emptyIfUnset,
  },
  ListWebhookPoliciesOfProject: operation(
    '/projects/{project}/webhook/policies',
    [project('notification-policy', 'list')],
    gone,
  ),
  // Releases before 2.12 do not have it and answer 404 (goharbor/harbor#20803).
  listArtifactsOfProject: operation(
    '/projects/{project}/artifacts',
    [project('artifact', 'list')],
    since('2.12'),
  ),
  getArtifact: operation(
    '/projects/{project}/repositories/{repository}/artifacts/{digest}',
    [project('artifact', 'read')],
    gone,
  ),
} as const satisfies Readonly<Record<string, ApiOperation>>;

export type HarborCall = keyof typeof calls;

/** A call of the distribution API, which has no path below that of the REST API. */
function wire(grants: readonly Grant[], doc: string): HarborOperation {
  const permission = grants.map(({ resource, action }) => `${resource}:${action}`).join();
  return { path: null, grants, permission, means: refusedByHttp, doc };
}

/** Everything the adapter can do, all of it reads. */
export const operations = {
  ...calls,
  getToken: {
    ...wire([], 'https://distribution.github.io/distribution/spec/auth/token/'),
    withPulls: true,
  },
  getManifest: {
    ...wire(
      [project('repository', 'pull')],
      'https://distribution.github.io/distribution/spec/api/#manifest',
    ),
    withPulls: true,
  },
  probeTls: {
    path: null,
    grants: [],
    permission: '',
    means: refusedByHttp,
    doc: 'https://goharbor.io/docs/2.13.0/install-config/configure-https/',
  },
} as const satisfies Readonly<Record<string, HarborOperation>>;

export type OperationName = keyof typeof operations;
