import { cases } from '../../src/engine/cases.ts';
import { legacyStoragePrivate } from './legacy-storage-private.ts';

export default cases(legacyStoragePrivate, {
  'there is no legacy storage': [{ legacyStorage: [] }, 'pass'],
  'the bucket is private': [
    { legacyStorage: [{ name: 'bucket artifacts', access: { mode: 'private' } }] },
    'pass',
  ],
  'everybody can read the bucket': [
    {
      legacyStorage: [
        { name: 'bucket artifacts', access: { mode: 'public', how: 'allUsers can read it' } },
      ],
    },
    'fail',
  ],
});
