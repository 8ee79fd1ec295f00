import { cases } from '../../src/engine/cases.ts';
import { leftoversClosed } from './leftovers-closed.ts';

export default cases(leftoversClosed, {
  'nothing is left': [{ leftovers: [] }, 'pass'],
  'a bucket that is closed': [
    { leftovers: [{ name: 'bucket artifacts', access: { mode: 'private' } }] },
    'pass',
  ],
  'a bucket that everybody can read': [
    {
      leftovers: [
        { name: 'bucket artifacts', access: { mode: 'public', how: 'allUsers can read it' } },
      ],
    },
    'fail',
  ],
});
