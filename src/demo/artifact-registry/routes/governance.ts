import type { Route } from '../../rest.ts';
import type { Estate } from '../estate.ts';
import { notFound } from '../google-error.ts';
import { type Holdings, policyOf } from '../holdings.ts';

/** The default policy of Binary Authorization, for projects without their own. */
const defaultAdmission = {
  globalPolicyEvaluationMode: 'ENABLE',
  defaultAdmissionRule: {
    evaluationMode: 'ALWAYS_ALLOW',
    enforcementMode: 'ENFORCED_BLOCK_AND_AUDIT_LOG',
  },
};

/** Binary Authorization and the deployment services: GKE and Cloud Run. */
export function deploymentRoutes({ using, page }: Holdings): readonly Route[] {
  return [
    {
      name: 'GetBinaryAuthorizationPolicy',
      method: 'GET',
      path: '/v1/projects/{project}/policy',
      answer: (call) => {
        const { admission = defaultAdmission } = using('binaryauthorization', call);
        return { json: { name: `projects/${call.params['project']}/policy`, ...admission } };
      },
    },
    {
      name: 'ListAttestors',
      method: 'GET',
      path: '/v1/projects/{project}/attestors',
      answer: (call) => ({
        json: page(call, using('binaryauthorization', call).attestors ?? [], 'attestors'),
      }),
    },
    {
      name: 'ListClusters',
      method: 'GET',
      path: '/v1/projects/{project}/locations/-/clusters',
      answer: (call) => {
        const { clusters = [] } = using('container', call);
        return { json: clusters.length > 0 ? { clusters } : {} };
      },
    },
    {
      name: 'ListRunServices',
      method: 'GET',
      path: '/v1/projects/{project}/locations/-/services',
      answer: (call) => {
        const { runServices = [] } = using('run', call);
        return { json: runList('serving.knative.dev/v1', 'ServiceList', runServices) };
      },
    },
    {
      name: 'ListRunJobs',
      method: 'GET',
      path: '/apis/run.googleapis.com/v1/namespaces/{project}/jobs',
      answer: (call) => {
        const { runJobs = [] } = using('run', call);
        return { json: runList('run.googleapis.com/v1', 'JobList', runJobs) };
      },
    },
    {
      name: 'ListRunWorkerPools',
      method: 'GET',
      path: '/apis/run.googleapis.com/v1/namespaces/{project}/workerpools',
      answer: (call) => {
        const { runWorkerPools = [] } = using('run', call);
        return { json: runList('run.googleapis.com/v1', 'WorkerPoolList', runWorkerPools) };
      },
    },
    {
      name: 'BatchGetServices',
      method: 'GET',
      path: '/v1/projects/{project}/services:batchGet',
      answer: (call) => {
        const { number, scanningApi = 'ENABLED' } = using('serviceusage', call);
        const services = call.query.getAll('names').map((name) => ({
          name: `projects/${number}/services/${name.split('/').at(-1)}`,
          parent: `projects/${number}`,
          state: scanningApi,
        }));
        return { json: { services } };
      },
    },
  ];
}

/** A list of Cloud Run v1; the field is absent without entries. */
function runList(apiVersion: string, kind: string, entries: readonly unknown[]): object {
  return { apiVersion, kind, ...(entries.length > 0 ? { items: entries } : {}) };
}

/** IAM: roles, service account keys and their last use. */
export function identityRoutes({ estate, using, page }: Holdings): readonly Route[] {
  const role = (name: string) => {
    const includedPermissions = estate.roles?.[name];
    if (includedPermissions === undefined) throw notFound(`The role named ${name}`);
    return { json: { name, title: name, includedPermissions, stage: 'GA', etag: 'AA==' } };
  };
  return [
    {
      name: 'GetRole',
      method: 'GET',
      path: '/v1/roles/{role}',
      answer: ({ params }) => role(`roles/${params['role']}`),
    },
    {
      name: 'GetRole',
      method: 'GET',
      path: '/v1/{kind}/{scope}/roles/{role}',
      answer: ({ params }) => role(`${params['kind']}/${params['scope']}/roles/${params['role']}`),
    },
    {
      name: 'ListServiceAccountKeys',
      method: 'GET',
      path: '/v1/projects/-/serviceAccounts/{account}/keys',
      answer: ({ params }) => {
        const keys = keysOf(estate, params['account'] ?? '');
        return { json: keys.length > 0 ? { keys } : {} };
      },
    },
    {
      name: 'GetServiceAccountIamPolicy',
      method: 'POST',
      path: '/v1/projects/-/serviceAccounts/{account}:getIamPolicy',
      answer: ({ params }) => {
        const policies = Object.values(estate.projects).map(
          (one) => one.serviceAccountPolicies?.[params['account'] ?? ''],
        );
        return { json: policyOf(policies.find((one) => one !== undefined)) };
      },
    },
    {
      name: 'QueryActivities',
      method: 'GET',
      path: '/v1/projects/{project}/locations/global/activityTypes/serviceAccountKeyLastAuthentication/activities:query',
      answer: (call) => {
        const uses = Object.entries(using('policyanalyzer', call).keyUses ?? {});
        const entries = uses.map(([key, lastAuthenticatedTime]) => ({
          fullResourceName: `//iam.googleapis.com/projects/${call.params['project']}/serviceAccounts/x/keys/${key}`,
          activityType: 'serviceAccountKeyLastAuthentication',
          activity: { lastAuthenticatedTime },
        }));
        return { json: page(call, entries, 'activities') };
      },
    },
  ];
}

function keysOf({ projects }: Estate, account: string): readonly object[] {
  return Object.values(projects).flatMap(
    ({ serviceAccountKeys = {} }) => serviceAccountKeys[account] ?? [],
  );
}

/** Cloud Logging, VPC Service Controls, Cloud KMS and Cloud Storage. */
export function neighbourRoutes({ estate, project, using, page }: Holdings): readonly Route[] {
  return [
    {
      name: 'ListSinks',
      method: 'GET',
      path: '/v2/projects/{project}/sinks',
      answer: (call) => ({ json: page(call, using('logging', call).sinks ?? [], 'sinks') }),
    },
    {
      name: 'ListSinks',
      method: 'GET',
      path: '/v2/{kind}/{level}/sinks',
      answer: (call) => {
        const { kind, level = '' } = call.params;
        const holder = kind === 'folders' ? estate.folders?.[level] : estate.organization;
        return { json: page(call, holder?.sinks ?? [], 'sinks') };
      },
    },
    {
      name: 'ListLogBuckets',
      method: 'GET',
      path: '/v2/projects/{project}/locations/-/buckets',
      answer: (call) => ({ json: page(call, using('logging', call).logBuckets ?? [], 'buckets') }),
    },
    {
      name: 'ListAccessPolicies',
      method: 'GET',
      path: '/v1/accessPolicies',
      answer: (call) => {
        const { id, perimeters } = estate.organization ?? { id: '', perimeters: undefined };
        const policies = perimeters === undefined ? [] : [accessPolicy(id)];
        return { json: page(call, policies, 'accessPolicies') };
      },
    },
    {
      name: 'ListServicePerimeters',
      method: 'GET',
      path: '/v1/accessPolicies/{policy}/servicePerimeters',
      answer: (call) => ({
        json: page(call, estate.organization?.perimeters ?? [], 'servicePerimeters'),
      }),
    },
    {
      name: 'ListAccessLevels',
      method: 'GET',
      path: '/v1/accessPolicies/{policy}/accessLevels',
      answer: (call) => ({
        json: page(call, estate.organization?.accessLevels ?? [], 'accessLevels'),
      }),
    },
    {
      name: 'GetCryptoKey',
      method: 'GET',
      path: '/v1/projects/{project}/locations/{location}/keyRings/{ring}/cryptoKeys/{key}',
      answer: ({ params }) => {
        const name = `projects/${params['project']}/locations/${params['location']}/keyRings/${params['ring']}/cryptoKeys/${params['key']}`;
        const keys = Object.values(estate.projects).map((one) => one.keys?.[name]);
        const key = keys.find((one) => one !== undefined);
        if (key === undefined) throw notFound(`CryptoKey ${name}`);
        return { json: { name, purpose: 'ENCRYPT_DECRYPT', ...key } };
      },
    },
    {
      name: 'GetBucketIamPolicy',
      method: 'GET',
      path: '/storage/v1/b/{bucket}/iam',
      answer: ({ params }) => {
        const held = Object.values(estate.projects).map(
          (one) => one.buckets?.[params['bucket'] ?? ''],
        );
        const policy = policyOf(held.find((one) => one !== undefined)?.policy);
        const resourceId = `projects/_/buckets/${params['bucket']}`;
        return { json: { kind: 'storage#policy', resourceId, ...policy } };
      },
    },
    {
      name: 'ListBuckets',
      method: 'GET',
      path: '/storage/v1/b',
      answer: (call) => {
        const id = call.query.get('project') ?? '';
        const { buckets = {} } = project({ ...call, params: { project: id } });
        const items = Object.entries(buckets).map(([name, { bucket }]) => ({
          kind: 'storage#bucket',
          name,
          ...bucket,
        }));
        return { json: { kind: 'storage#buckets', ...page(call, items, 'items') } };
      },
    },
  ];
}

function accessPolicy(organization: string): object {
  return {
    name: 'accessPolicies/1020304050',
    parent: `organizations/${organization}`,
    title: 'default policy',
  };
}
