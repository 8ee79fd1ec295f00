import { cases } from '../../src/engine/cases.ts';
import { legacyStoragePrivate } from './legacy-storage-private.ts';

export default cases(legacyStoragePrivate, {
  'nothing is left': [{ legacyStorage: [] }, 'pass'],
  'a bucket that is closed': [
    { legacyStorage: [{ name: 'bucket artifacts', access: { mode: 'private' } }] },
    'pass',
  ],
  'a bucket that everybody can read': [
    {
      legacyStorage: [
        { name: 'bucket artifacts', access: { mode: 'public', how: 'allUsers can read it' } },
      ],
    },
    'fail',
  ],
});
