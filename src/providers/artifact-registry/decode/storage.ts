import {
  enumAt,
  type JsonObject,
  maybeObject,
  maybeObjects,
  maybeString,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';
import { Denied } from '../../facts.ts';
import { type IamPolicy, inheritedPolicy } from './iam-policy.ts';

/** A storage bucket that Container Registry has left behind. */
export interface LeftBucket {
  readonly name: string;
  /** Nothing in it can be public, whatever else is set. */
  readonly publicPrevented: boolean;
  /** Whom its access lists of old let in besides the policy. */
  readonly open: readonly string[];
  /** Objects in it may have access lists of their own, which only reading them all would tell. */
  readonly ownLists: boolean;
}

/**
 * Buckets of Container Registry have these names (docs, transition/prepare-gcr-shutdown): of a project
 * with a domain in its id, the domain comes last.
 */
export function leftBuckets(
  entries: readonly JsonObject[],
  project: string,
): readonly LeftBucket[] {
  const [domain, id] = project.includes(':') ? project.split(':') : ['', project];
  const base =
    domain === '' ? `artifacts.${id}.appspot.com` : `artifacts.${id}.${domain}.a.appspot.com`;
  const names = [base, ...['us', 'eu', 'asia'].map((region) => `${region}.${base}`)];
  return entries
    .filter((entry) => names.includes(stringAt(entry, 'name')))
    .map((entry) => {
      const access = objectAt(entry, 'iamConfiguration');
      const uniform = objectAt(access, 'uniformBucketLevelAccess')['enabled'] === true;
      return {
        name: stringAt(entry, 'name'),
        publicPrevented: maybeString(access, 'publicAccessPrevention') === 'enforced',
        open: uniform ? [] : openLists(entry),
        ownLists: !uniform,
      };
    });
}

/** Access lists are told under `projection=full` alone; an answer without them says nothing. */
function openLists(entry: JsonObject): string[] {
  if (entry['acl'] === undefined || entry['defaultObjectAcl'] === undefined) {
    throw new Denied(
      `the access lists of ${stringAt(entry, 'name')} are not shown`,
      'storage.buckets.getIamPolicy',
    );
  }
  return ['acl', 'defaultObjectAcl'].flatMap((key) =>
    maybeObjects(entry, key)
      .map((grant) => stringAt(grant, 'entity'))
      .filter((entity) => entity === 'allUsers' || entity === 'allAuthenticatedUsers'),
  );
}

/** `buckets.getIamPolicy`: the policy of this bucket. */
export function bucketPolicy(raw: unknown, bucket: string): IamPolicy {
  enumAt(objectOf(raw, 'the policy'), 'resourceId', [`projects/_/buckets/${bucket}`]);
  return inheritedPolicy(raw);
}

/** A Cloud KMS key as it is used to encrypt: what is wrong with it; null: nothing. */
export function keyTrouble(raw: unknown, key: string): string | null {
  const answer = objectOf(raw, 'the key');
  enumAt(answer, 'name', [key]);
  const primary = maybeObject(answer, 'primary');
  if (primary === null) return 'it has no primary version';
  const state = enumAt(primary, 'state', [
    'ENABLED',
    'DISABLED',
    'DESTROYED',
    'DESTROY_SCHEDULED',
    'PENDING_GENERATION',
    'PENDING_IMPORT',
    'IMPORT_FAILED',
    'GENERATION_FAILED',
    'PENDING_EXTERNAL_DESTRUCTION',
    'EXTERNAL_DESTRUCTION_FAILED',
  ]);
  return state === 'ENABLED'
    ? null
    : `its primary version is ${state.toLowerCase().replaceAll('_', ' ')}`;
}
