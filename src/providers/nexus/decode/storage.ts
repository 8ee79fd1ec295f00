import {
  booleanAt,
  DecodeError,
  maybeObject,
  maybeString,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';

export interface BlobStore {
  readonly name: string;
  /** `File`, `S3`, `Azure Cloud Storage`, `Google Cloud Storage`, `Group` … */
  readonly type: string;
  readonly unavailable: boolean;
}

export function blobStore(raw: unknown): BlobStore {
  const one = objectOf(raw, 'a blob store');
  return {
    name: stringAt(one, 'name'),
    type: stringAt(one, 'type'),
    unavailable: booleanAt(one, 'unavailable'),
  };
}

/** The key that a bucket is encrypted with; null: one of the platform. */
export interface BucketEncryption {
  readonly key: string | null;
  readonly type: string;
}

const encryptionTypes = ['none', 's3ManagedEncryption', 'kmsManagedEncryption', 'default'];

/** Of a blob store in S3 or Google Cloud Storage. Keys and secrets of the account are not looked at. */
export function bucketEncryption(raw: unknown, asked: string): BucketEncryption {
  const store = objectOf(raw, 'a blob store');
  if (stringAt(store, 'name') !== asked) throw new DecodeError('another blob store was asked for');
  const bucket = objectAt(store, 'bucketConfiguration');
  if (!('encryption' in bucket)) throw new DecodeError('encryption is missing');
  const encryption = maybeObject(bucket, 'encryption');
  if (encryption === null) return { key: null, type: 'none' };
  const type = stringAt(encryption, 'encryptionType');
  if (!encryptionTypes.includes(type)) {
    throw new DecodeError(`encryptionType is "${type.slice(0, 40)}"`);
  }
  const key = type === 'kmsManagedEncryption' ? maybeString(encryption, 'encryptionKey') : null;
  return { key, type };
}
