import { cases } from '../../src/engine/cases.ts';
import { replicated } from './replicated.ts';

const own = { place: 'eu-central-1', account: '123456789012', own: true };
const foreign = { place: 'us-east-1', account: '999999999999', own: false };

export default cases(replicated, {
  'images are replicated to a second region': [
    { replication: { mode: 'to', places: [own] } },
    'pass',
  ],
  'images are replicated to an own and to a foreign account': [
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
  'the only destination is a foreign account': [
    { replication: { mode: 'to', places: [foreign] } },
    'fail',
  ],
  'a rule has no destination': [{ replication: { mode: 'to', places: [] } }, 'fail'],
  'images are not replicated': [{ replication: { mode: 'none' } }, 'fail'],
  'the plan has no replication': [
    { replication: { mode: 'none', because: 'the small plan has none, the large plan has' } },
    'fail',
  ],
});
