import { cases } from '../../src/engine/cases.ts';
import { deletionRecoverable } from './deletion-recoverable.ts';

export default cases(deletionRecoverable, {
  'deleted images are kept for a week': [{ recovery: { mode: 'days', days: 7 } }, 'pass'],
  'deleted images are kept for one day': [{ recovery: { mode: 'days', days: 1 } }, 'pass'],
  'a policy denies every deletion': [
    { recovery: { mode: 'blocked', by: 'the repository policy denies ecr:BatchDeleteImage' } },
    'pass',
  ],
  'a resource lock protects the registry': [
    { recovery: { mode: 'blocked', by: 'the lock CanNotDelete' } },
    'pass',
  ],
  'soft delete is enabled with zero days': [{ recovery: { mode: 'days', days: 0 } }, 'fail'],
  'deleted images cannot be restored': [{ recovery: { mode: 'none' } }, 'fail'],
  'another setting rules recovery out': [
    { recovery: { mode: 'none', because: 'copies and recovery exclude each other' } },
    'fail',
  ],
});
