import { cases } from '../../src/engine/cases.ts';
import { replicated } from './replicated.ts';

const own = { place: 'eu-central-1', account: '123456789012', own: true };
const foreign = { place: 'us-east-1', account: '999999999999', own: false };

export default cases(replicated, {
  'images are copied to a second region': [{ replication: { mode: 'to', places: [own] } }, 'pass'],
  'images are copied to an own and to a foreign place': [
    { replication: { mode: 'to', places: [foreign, own] } },
    'pass',
  ],
  'the other account is declared as trusted': [
    { replication: { mode: 'to', places: [foreign] } },
    'pass',
    { trustedAccounts: ['99999*'] },
  ],
  'another account is declared as trusted': [
    { replication: { mode: 'to', places: [foreign] } },
    'fail',
    { trustedAccounts: ['888888888888'] },
  ],
  'the only destination belongs to somebody else': [
    { replication: { mode: 'to', places: [foreign] } },
    'fail',
  ],
  'a rule has no destination': [{ replication: { mode: 'to', places: [] } }, 'fail'],
  'nothing is copied': [{ replication: { mode: 'none' } }, 'fail'],
  'the plan cannot copy': [
    { replication: { mode: 'none', because: 'the small plan cannot copy, the large plan can' } },
    'fail',
  ],
});
