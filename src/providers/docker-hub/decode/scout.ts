import {
  booleanAt,
  enumAt,
  type JsonObject,
  maybeObject,
  objectAt,
  objectOf,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';
import { Inconclusive, Pending } from '../../facts.ts';
import { countAt } from './count.ts';

/** The queries, as the schema that Docker publishes with its MCP server has them. */
export const queries = {
  repositories: `query ($context: Context!, $names: [String!]!, $host: String) {
  reposFeatures(context: $context, repoNames: $names, hostName: $host) {
    namespace repoName hostName
    features { vulnerabilityReporting { enabled } }
  }
}`,
  images: `query ($context: Context!, $digests: [String!]!, $repository: ScRepositoryInput) {
  imageSummariesByDigest(context: $context, digests: $digests, repository: $repository) {
    digest sbomState
    vulnerabilityReport { critical high }
  }
}`,
} as const;

/** Docker Scout's name for Docker Hub. */
export const hubHost = 'hub.docker.com';

/** Whether Docker Scout analyses a repository, by its name with the namespace; null: it does not say. */
export function enabledRepositories(data: unknown): ReadonlyMap<string, boolean | null> {
  const entries = objectsAt(objectOf(data, 'data'), 'reposFeatures').map((entry) => {
    const name = stringAt(entry, 'repoName');
    const full = name.includes('/') ? name : `${stringAt(entry, 'namespace')}/${name}`;
    return [full, enabledIn(entry)] as const;
  });
  return new Map(entries);
}

function enabledIn(entry: JsonObject): boolean | null {
  const features = maybeObject(entry, 'features');
  if (features === null) return null;
  const reporting = maybeObject(features, 'vulnerabilityReporting');
  return reporting === null ? null : booleanAt(reporting, 'enabled');
}

export type ScoutScan =
  | { readonly mode: 'finished'; readonly critical: number; readonly high: number }
  | { readonly mode: 'missing' };

/**
 * What Docker Scout found, by digest. Without a report the image was not scanned (schema,
 * SdImageSummary), unless its contents are still being listed or could not be.
 */
export function summaries(data: unknown): ReadonlyMap<string, () => ScoutScan> {
  const entries = objectsAt(objectOf(data, 'data'), 'imageSummariesByDigest');
  return new Map(entries.map((entry) => [stringAt(entry, 'digest'), () => scanIn(entry)]));
}

function scanIn(entry: JsonObject): ScoutScan {
  const state = enumAt(entry, 'sbomState', [
    'INDEXED',
    'INDEXING',
    'INDEXING_FAILED',
    'INDEXING_UNAVAILABLE',
    'NONE',
  ]);
  if (entry['vulnerabilityReport'] === null) {
    if (state === 'NONE' || state === 'INDEXED') return { mode: 'missing' };
    if (state === 'INDEXING') throw new Pending('Docker Scout is still indexing the image');
    throw new Inconclusive(`Docker Scout has no report, its index of the image is ${state}`);
  }
  const report = objectAt(entry, 'vulnerabilityReport');
  return {
    mode: 'finished',
    critical: countAt(report, 'critical'),
    high: countAt(report, 'high'),
  };
}
