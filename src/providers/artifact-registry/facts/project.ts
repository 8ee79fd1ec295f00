import { once, oncePer } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import { join } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
import {
  type Attestor,
  admissionPolicy,
  attestor,
  clusters,
  policyOfProject,
  type Runtime,
  runList,
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
import { describedAt } from '../decode/repository.ts';
import { bucketPolicy, keyTrouble, type LeftBucket, leftBuckets } from '../decode/storage.ts';
import type { ArtifactRegistryApi } from '../wire/api.ts';
import { policyRequest, type Shared, sinksAt } from './shared.ts';

/** A policy and the resource that it is set on. */
export interface Layer {
  /** `project P`, `folder F`, `repository R`, `service account E` */
  readonly where: string;
  readonly level: 'repository' | 'above' | 'account';
  /** The operation that has read it. */
  readonly read: string;
  readonly policy: IamPolicy;
}

/** Facts of a project that are the same in every location. Each is read once, when first needed. */
export type ProjectFacts = ReturnType<typeof projectFacts>;

export interface ProjectInput {
  readonly api: ArtifactRegistryApi;
  readonly shared: Shared;
  readonly id: string;
  readonly project: Fact<Project>;
}

export function projectFacts({ api, shared, id, project }: ProjectInput) {
  const path = `projects/${id}`;
  const ofProject = { params: { project: id } };
  const above = once(() => api.one('GetAncestry', ancestors, { ...ofProject, json: {} }));
  const ownPolicy = once(() =>
    api.one('GetProjectIamPolicy', inheritedPolicy, { ...ofProject, json: policyRequest }),
  );
  const layers = once(() => layersAbove(id, ownPolicy, above, shared));
  return {
    id,
    path,
    project,
    ancestors: above,
    shared,
    /** The policies of the project, its folders and its organisation; each one known or not. */
    layers,
    /** The same as one list; unknown if one of them is. */
    inherited: once(async () => join(await layers(), (...found) => found.flat())),
    /** The policy of a service account of the project: who may act as it. */
    accountPolicy: oncePer(async (email) =>
      join(
        [
          await api.one('GetServiceAccountIamPolicy', inheritedPolicy, {
            params: { email },
            json: policyRequest,
          }),
        ],
        (policy): readonly Layer[] => [
          {
            where: `service account ${email}`,
            level: 'account',
            read: 'GetServiceAccountIamPolicy',
            policy,
          },
        ],
      ),
    ),
    /** Null: the project is in no organisation. */
    organization: once(async () =>
      join([await above()], (list): string | null => {
        const top = list.at(-1);
        return top?.kind === 'organization' ? top.id : null;
      }),
    ),
    /** A repository of another location or project. */
    repositoryAt: oncePer((path) =>
      api.one('GetRepository', (raw) => describedAt(raw, path), { params: { repository: path } }),
    ),
    services: once(() =>
      api.one('BatchGetServices', enabledServices, {
        ...ofProject,
        query: { names: `${path}/services/${scanningApi}` },
      }),
    ),
    admission: once(() =>
      api.one(
        'GetBinaryAuthorizationPolicy',
        (raw) => (raw === null ? null : admissionPolicy(policyOfProject(raw, id))),
        ofProject,
      ),
    ),
    attestors: once(
      (): Promise<Fact<readonly Attestor[]>> =>
        api.all('ListAttestors', (entries) => entries.map(attestor), {
          ...ofProject,
          query: { pageSize: 500 },
        }),
    ),
    runtimes: once(() => runtimes(api, id)),
    sinks: once(() => allSinks(api, path, above, shared)),
    logBuckets: once(
      (): Promise<Fact<readonly LogBucket[]>> =>
        api.all('ListLogBuckets', logBuckets, { ...ofProject, query: { pageSize: 1000 } }),
    ),
    oldestTls: once(() =>
      api.one('GetEffectivePolicy', oldestTls, {
        params: { project: id, constraint: 'gcp.restrictTLSVersion' },
      }),
    ),
    leftBuckets: once(
      (): Promise<Fact<readonly LeftBucket[]>> =>
        api.all('ListBuckets', (entries) => leftBuckets(entries, id), {
          query: { project: id, projection: 'full', maxResults: 1000 },
        }),
    ),
    bucketPolicy: oncePer((bucket) =>
      api.one('GetBucketIamPolicy', (raw) => bucketPolicy(raw, bucket), {
        params: { bucket },
        query: { optionsRequestedPolicyVersion: 3 },
      }),
    ),
    /** User-managed keys of a service account, which may be of another project. */
    keysOf: oncePer(
      (email): Promise<Fact<readonly AccountKey[]>> =>
        api.one('ListServiceAccountKeys', (raw) => accountKeys(raw, email), {
          params: { email },
          query: { keyTypes: 'USER_MANAGED' },
        }),
    ),
    /** When keys of the project's service accounts were last used, by key id. */
    lastUses: once(() =>
      api.all('QueryActivities', lastUses, { ...ofProject, query: { pageSize: 1000 } }),
    ),
    keyTrouble: oncePer((key) =>
      api.one('GetCryptoKey', (raw) => keyTrouble(raw, key), { params: { key } }),
    ),
  };
}

/** The API that scans. containeranalysis.googleapis.com stores metadata and does not (docs, scanning). */
export const scanningApi = 'containerscanning.googleapis.com';

async function layersAbove(
  id: string,
  ownPolicy: () => Promise<Fact<IamPolicy>>,
  above: () => Promise<Fact<readonly Ancestor[]>>,
  shared: Shared,
): Promise<readonly Fact<readonly Layer[]>[]> {
  const [own, list] = await Promise.all([ownPolicy(), above()]);
  const first = join([own], (policy) => layersOf(`project ${id}`, 'GetProjectIamPolicy', policy));
  if (list.state !== 'known') return [first, gapOf(list)];
  const rest = list.value.map(async (ancestor) =>
    join([await shared.policyOf(ancestor)], (policy) => {
      const { kind, id: of } = ancestor;
      return kind === 'folder'
        ? layersOf(`folder ${of}`, 'GetFolderIamPolicy', policy)
        : layersOf(`organisation ${of}`, 'GetOrganizationIamPolicy', policy);
    }),
  );
  return [first, ...(await Promise.all(rest))];
}

function layersOf(where: string, read: string, policy: IamPolicy): readonly Layer[] {
  return [{ where, level: 'above', read, policy }];
}

/** The clusters, Cloud Run services, jobs and worker pools of the project: whatever starts images. */
async function runtimes(
  api: ArtifactRegistryApi,
  project: string,
): Promise<Fact<readonly Runtime[]>> {
  const call = { params: { project } };
  return join(
    await Promise.all([
      api.one('ListClusters', clusters, call),
      api.one('ListRunServices', (raw) => runList(raw, 'ServiceList'), call),
      api.one('ListRunJobs', (raw) => runList(raw, 'JobList'), call),
      api.one('ListRunWorkerPools', (raw) => runList(raw, 'WorkerPoolList'), call),
    ]),
    (...found) => found.flat(),
  );
}

/** Sinks of the project and of all levels above, the topmost first. */
async function allSinks(
  api: ArtifactRegistryApi,
  path: string,
  above: () => Promise<Fact<readonly Ancestor[]>>,
  shared: Shared,
): Promise<Fact<readonly (readonly Sink[])[]>> {
  const list = await above();
  if (list.state !== 'known') return gapOf(list);
  const levels = [...list.value].reverse().map(({ kind, id }) => shared.sinksOf(`${kind}s/${id}`));
  const facts = await Promise.all([...levels, sinksAt(api, path)]);
  return join([list, ...facts], (_, ...found) => found);
}
