import { cases } from '../../src/engine/cases.ts';
import { deletionRecoverable } from './deletion-recoverable.ts';

export default cases(deletionRecoverable, {
  'deleted images stay for a week': [{ recovery: { mode: 'days', days: 7 } }, 'pass'],
  'deleted images stay for a single day': [{ recovery: { mode: 'days', days: 1 } }, 'pass'],
  'a policy denies every deletion': [
    { recovery: { mode: 'blocked', by: 'the repository policy denies ecr:BatchDeleteImage' } },
    'pass',
  ],
  'a resource lock holds the registry': [
    { recovery: { mode: 'blocked', by: 'the lock CanNotDelete' } },
    'pass',
  ],
  'soft deletion is on with no days': [{ recovery: { mode: 'days', days: 0 } }, 'fail'],
  'a deletion is final': [{ recovery: { mode: 'none' } }, 'fail'],
  'another setting rules recovery out': [
    { recovery: { mode: 'none', because: 'copies and recovery exclude each other' } },
    'fail',
  ],
});
