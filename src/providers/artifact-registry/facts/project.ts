import { once, oncePer } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import { join } from '../../facts.ts';
import {
  type Attestor,
  admissionPolicy,
  attestor,
  clusters,
  type Runtime,
  runServices,
} from '../decode/binary-authorization.ts';
import {
  type AccountKey,
  accountKeys,
  type IamPolicy,
  inheritedPolicy,
  lastUses,
} from '../decode/iam-policy.ts';
import { type LogBucket, logBuckets, oldestTls, type Sink } from '../decode/logging.ts';
import { enabledServices } from '../decode/occurrences.ts';
import { type Ancestor, ancestors, type Project } from '../decode/project.ts';
import { keyTrouble, type LeftBucket, leftBuckets } from '../decode/storage.ts';
import type { ArtifactRegistryApi } from '../wire/api.ts';
import { policyRequest, type Shared, sinksAt } from './shared.ts';

/** A policy, and where it stands. */
export interface Layer {
  /** `project P`, `folder F`, `repository R` */
  readonly where: string;
  readonly policy: IamPolicy;
}

/** What holds for a project whatever the location; each is read when first needed and only once. */
export type ProjectFacts = ReturnType<typeof projectFacts>;

export interface ProjectInput {
  readonly api: ArtifactRegistryApi;
  readonly shared: Shared;
  readonly id: string;
  readonly project: Fact<Project>;
}

export function projectFacts({ api, shared, id, project }: ProjectInput) {
  const path = `projects/${encodeURIComponent(id)}`;
  const above = once(() =>
    api.one('GetAncestry', { path: `/v1/${path}:getAncestry`, json: {} }, ancestors),
  );
  const ownPolicy = once(() =>
    api.one(
      'GetProjectIamPolicy',
      { path: `/v3/${path}:getIamPolicy`, json: policyRequest },
      inheritedPolicy,
    ),
  );
  return {
    id,
    path,
    project,
    ancestors: above,
    shared,
    /** Policies of the project and all that it hangs under; unknown if one of them is. */
    inherited: once(() => inheritedLayers(id, ownPolicy, above, shared)),
    /** Null: the project is in no organisation. */
    organization: once(async () =>
      join([await above()], (list): string | null => {
        const top = list.at(-1);
        return top?.kind === 'organization' ? top.id : null;
      }),
    ),
    services: once(() =>
      api.one(
        'BatchGetServices',
        {
          path: `/v1/${path}/services:batchGet`,
          query: { names: `${path}/services/${scanningApi}` },
        },
        enabledServices,
      ),
    ),
    admission: once(() =>
      api.one('GetBinaryAuthorizationPolicy', { path: `/v1/${path}/policy` }, (raw) =>
        raw === null ? null : admissionPolicy(raw),
      ),
    ),
    attestors: once(
      (): Promise<Fact<readonly Attestor[]>> =>
        api.all(
          {
            name: 'ListAttestors',
            request: { path: `/v1/${path}/attestors`, query: { pageSize: 500 } },
            entries: 'attestors',
          },
          (entries) => entries.map(attestor),
        ),
    ),
    runtimes: once(() => runtimes(api, path)),
    sinks: once(() => allSinks(api, path, above, shared)),
    logBuckets: once(
      (): Promise<Fact<readonly LogBucket[]>> =>
        api.all(
          {
            name: 'ListLogBuckets',
            request: { path: `/v2/${path}/locations/-/buckets`, query: { pageSize: 1000 } },
            entries: 'buckets',
          },
          logBuckets,
        ),
    ),
    oldestTls: once(() =>
      api.one(
        'GetEffectivePolicy',
        { path: `/v2/${path}/policies/gcp.restrictTLSVersion:getEffectivePolicy` },
        oldestTls,
      ),
    ),
    leftBuckets: once(
      (): Promise<Fact<readonly LeftBucket[]>> =>
        api.all(
          {
            name: 'ListBuckets',
            request: {
              path: '/storage/v1/b',
              query: { project: id, projection: 'full', maxResults: 1000 },
            },
            entries: 'items',
          },
          (entries) => leftBuckets(entries, id),
        ),
    ),
    bucketPolicy: oncePer((bucket) =>
      api.one(
        'GetBucketIamPolicy',
        {
          path: `/storage/v1/b/${encodeURIComponent(bucket)}/iam`,
          query: { optionsRequestedPolicyVersion: 3 },
        },
        inheritedPolicy,
      ),
    ),
    /** Keys that people made for a service account; it may be of another project. */
    keysOf: oncePer(
      (email): Promise<Fact<readonly AccountKey[]>> =>
        api.one(
          'ListServiceAccountKeys',
          {
            path: `/v1/projects/-/serviceAccounts/${encodeURIComponent(email)}/keys`,
            query: { keyTypes: 'USER_MANAGED' },
          },
          accountKeys,
        ),
    ),
    /** When keys of the project's service accounts were last used, by key id. */
    lastUses: once(() =>
      api.all(
        {
          name: 'QueryActivities',
          request: {
            path: `/v1/${path}/locations/global/activityTypes/serviceAccountKeyLastAuthentication/activities:query`,
            query: { pageSize: 1000 },
          },
          entries: 'activities',
        },
        lastUses,
      ),
    ),
    keyTrouble: oncePer((key) => api.one('GetCryptoKey', { path: `/v1/${key}` }, keyTrouble)),
  };
}

/** Without it nothing is scanned, whatever containeranalysis.googleapis.com is (docs, scanning). */
export const scanningApi = 'containerscanning.googleapis.com';

async function inheritedLayers(
  id: string,
  ownPolicy: () => Promise<Fact<IamPolicy>>,
  above: () => Promise<Fact<readonly Ancestor[]>>,
  shared: Shared,
): Promise<Fact<readonly Layer[]>> {
  const [own, list] = await Promise.all([ownPolicy(), above()]);
  if (list.state !== 'known') return list;
  const policies = await Promise.all(list.value.map(shared.policyOf));
  return join([own, ...policies], (first, ...rest) => [
    { where: `project ${id}`, policy: first },
    ...rest.map((policy, index) => ({ where: label(list.value[index]), policy })),
  ]);
}

function label(ancestor: Ancestor | undefined): string {
  if (ancestor === undefined) return 'above the project';
  return ancestor.kind === 'folder' ? `folder ${ancestor.id}` : `organisation ${ancestor.id}`;
}

/** Clusters and Cloud Run services of the project: what may start its images. */
async function runtimes(api: ArtifactRegistryApi, path: string): Promise<Fact<readonly Runtime[]>> {
  const [gke, run] = await Promise.all([
    api.one('ListClusters', { path: `/v1/${path}/locations/-/clusters` }, clusters),
    api.one('ListRunServices', { path: `/v1/${path}/locations/-/services` }, runServices),
  ]);
  return join([gke, run], (some, others) => [...some, ...others]);
}

/** Sinks of the project and of all levels above, the topmost first. */
async function allSinks(
  api: ArtifactRegistryApi,
  path: string,
  above: () => Promise<Fact<readonly Ancestor[]>>,
  shared: Shared,
): Promise<Fact<readonly (readonly Sink[])[]>> {
  const list = await above();
  if (list.state !== 'known') return list;
  const levels = [...list.value].reverse().map(({ kind, id }) => shared.sinksOf(`${kind}s/${id}`));
  const facts = await Promise.all([...levels, sinksAt(api, path)]);
  return join([list, ...facts], (_, ...found) => found);
}
