import type { ValueOf } from '../../../model/fact.ts';
import type { RepositoryFacts } from '../../../model/repository.ts';
import { join, unknown } from '../../facts.ts';
import { gapOf } from '../../parts.ts';
import type { BlobStore, BucketEncryption } from '../decode/storage.ts';
import { diskEncryption } from '../provides.ts';
import type { Settings } from './settings.ts';

type Encryption = ValueOf<RepositoryFacts['encryption']>;

/** With whose key the blob store of a repository is encrypted. */
export async function encryption(
  name: string,
  settings: Settings,
): Promise<RepositoryFacts['encryption']> {
  const stores = await settings.blobStores();
  const store = 'value' in stores ? stores.value.find((one) => one.name === name) : undefined;
  if (store === undefined) {
    if (stores.state !== 'known') return gapOf(stores);
    return unknown('undecodable', 'listBlobStores', `the blob store ${name} is not in the list`);
  }
  switch (store.type.toLowerCase()) {
    case 's3':
      return join([await settings.s3(name)], (found) => ofBucket(store, found));
    case 'google':
    case 'google cloud storage':
      return join([await settings.google(name)], (found) => ofBucket(store, found));
    case 'file':
    case 'azure':
    case 'azure cloud storage':
      return diskEncryption;
    default:
      return unknown(
        'inconclusive',
        'listBlobStores',
        `where a blob store of the type ${store.type} keeps images is not known here`,
      );
  }
}

function ofBucket({ name, unavailable }: BlobStore, { key, type }: BucketEncryption): Encryption {
  if (key === null) return { mode: 'platform-key', detail: `blob store ${name}: ${type}` };
  const usable = unavailable
    ? ({ mode: 'no', why: `the blob store ${name} is not available` } as const)
    : ({ mode: 'yes' } as const);
  return { mode: 'own-key', key, usable };
}
