import { once, oncePer } from '../../../http/once.ts';
import type { Fact } from '../../../model/fact.ts';
import { join } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
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
  const path = `projects/${id}`;
  const ofProject = { params: { project: id } };
  const above = once(() => api.one('GetAncestry', ancestors, { ...ofProject, json: {} }));
  const ownPolicy = once(() =>
    api.one('GetProjectIamPolicy', inheritedPolicy, { ...ofProject, json: policyRequest }),
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
      api.one('BatchGetServices', enabledServices, {
        ...ofProject,
        query: { names: `${path}/services/${scanningApi}` },
      }),
    ),
    admission: once(() =>
      api.one(
        'GetBinaryAuthorizationPolicy',
        (raw) => (raw === null ? null : admissionPolicy(raw)),
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
      api.one('GetBucketIamPolicy', inheritedPolicy, {
        params: { bucket },
        query: { optionsRequestedPolicyVersion: 3 },
      }),
    ),
    /** Keys that people made for a service account; it may be of another project. */
    keysOf: oncePer(
      (email): Promise<Fact<readonly AccountKey[]>> =>
        api.one('ListServiceAccountKeys', accountKeys, {
          params: { email },
          query: { keyTypes: 'USER_MANAGED' },
        }),
    ),
    /** When keys of the project's service accounts were last used, by key id. */
    lastUses: once(() =>
      api.all('QueryActivities', lastUses, { ...ofProject, query: { pageSize: 1000 } }),
    ),
    keyTrouble: oncePer((key) => api.one('GetCryptoKey', keyTrouble, { params: { key } })),
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
  if (list.state !== 'known') return gapOf(list);
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
async function runtimes(
  api: ArtifactRegistryApi,
  project: string,
): Promise<Fact<readonly Runtime[]>> {
  const call = { params: { project } };
  const [gke, run] = await Promise.all([
    api.one('ListClusters', clusters, call),
    api.one('ListRunServices', runServices, call),
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
  if (list.state !== 'known') return gapOf(list);
  const levels = [...list.value].reverse().map(({ kind, id }) => shared.sinksOf(`${kind}s/${id}`));
  const facts = await Promise.all([...levels, sinksAt(api, path)]);
  return join([list, ...facts], (_, ...found) => found);
}
