import {
  booleanAt,
  enumAt,
  type JsonObject,
  maybeEnum,
  maybeObject,
  maybeObjects,
  maybeString,
  objectOf,
  objectsAt,
  stringAt,
  textAt,
} from '../../../decode/fields.ts';
import type { Labels } from '../../../model/labels.ts';
import type { TagLock } from '../../../model/tag-lock.ts';

/** One repository as DescribeRepositories lists it, still in the vendor's words. */
export interface Described {
  readonly name: string;
  readonly arn: string;
  readonly raw: JsonObject;
}

export function described(raw: unknown): Described {
  const answer = objectOf(raw, 'a repository');
  return {
    name: stringAt(answer, 'repositoryName'),
    arn: stringAt(answer, 'repositoryArn'),
    raw: answer,
  };
}

/**
 * The lock on tags. Absent means MUTABLE, the service default (CreateRepository API reference);
 * the exclusion filters turn the mode round for the tags they match (PutImageTagMutability).
 */
export function tagLock(repository: JsonObject): TagLock {
  return lockOf(repository, 'imageTagMutability', 'imageTagMutabilityExclusionFilters');
}

/** The same two fields stand in repositories and in repository creation templates. */
export function lockOf(answer: JsonObject, mode: string, filters: string): TagLock {
  const words = [
    'IMMUTABLE',
    'MUTABLE',
    'IMMUTABLE_WITH_EXCLUSION',
    'MUTABLE_WITH_EXCLUSION',
  ] as const;
  switch (maybeEnum(answer, mode, words)) {
    case null:
    case 'MUTABLE':
      return { mode: 'none' };
    case 'IMMUTABLE':
      return { mode: 'all' };
    case 'IMMUTABLE_WITH_EXCLUSION':
      return { mode: 'all-except', patterns: exclusions(answer, filters) };
    case 'MUTABLE_WITH_EXCLUSION':
      return { mode: 'only', patterns: exclusions(answer, filters) };
  }
}

function exclusions(answer: JsonObject, key: string): string[] {
  const filters = maybeObjects(answer, key).map((filter) => {
    enumAt(filter, 'filterType', ['WILDCARD']);
    return stringAt(filter, 'filter');
  });
  if (filters.length === 0)
    throw new Error(`${key} is missing, though the mode speaks of exclusions`);
  return filters;
}

export type StoredEncryption =
  | { readonly kind: 'platform'; readonly detail: string }
  | { readonly kind: 'kms'; readonly key: string };

/** Absent means AES256 with the key of the storage service (ECR user guide, encryption-at-rest). */
export function encryption(repository: JsonObject): StoredEncryption {
  const configuration = maybeObject(repository, 'encryptionConfiguration');
  if (configuration === null)
    return { kind: 'platform', detail: 'AES256, the key of the storage service' };
  switch (enumAt(configuration, 'encryptionType', ['AES256', 'KMS', 'KMS_DSSE'])) {
    case 'AES256':
      return { kind: 'platform', detail: 'AES256, the key of the storage service' };
    case 'KMS':
    case 'KMS_DSSE': {
      const key = maybeString(configuration, 'kmsKey');
      return key === null
        ? { kind: 'platform', detail: 'the AWS managed key aws/ecr' }
        : { kind: 'kms', key };
    }
  }
}

export interface KmsKey {
  readonly ownedBy: 'customer' | 'platform';
  /** Empty: usable; else its state. */
  readonly unusable: string;
}

/** KMS API reference, KeyMetadata. An updating key is usable. */
export function kmsKey(raw: unknown): KmsKey {
  const answer = objectOf(raw, 'the answer');
  const metadata = objectOf(answer['KeyMetadata'], 'KeyMetadata');
  const manager = enumAt(metadata, 'KeyManager', ['CUSTOMER', 'AWS']);
  const state = enumAt(metadata, 'KeyState', [
    'Enabled',
    'Updating',
    'Creating',
    'Disabled',
    'PendingDeletion',
    'PendingImport',
    'PendingReplicaDeletion',
    'Unavailable',
  ]);
  const enabled = booleanAt(metadata, 'Enabled');
  const usable = enabled && (state === 'Enabled' || state === 'Updating');
  return {
    ownedBy: manager === 'CUSTOMER' ? 'customer' : 'platform',
    unusable: usable ? '' : state,
  };
}

/** The tags of a repository (ListTagsForResource: a list of Key and Value, empty without tags). */
export function tagsOf(raw: unknown): Labels {
  return objectsAt(objectOf(raw, 'the answer'), 'tags').map((tag) => ({
    key: stringAt(tag, 'Key'),
    value: textAt(tag, 'Value'),
  }));
}
