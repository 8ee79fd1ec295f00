import { cases } from '../../src/engine/cases.ts';
import { replicationTargetsTrusted } from './replication-targets-trusted.ts';

const own = { place: 'eu-central-1', account: '123456789012', own: true };
const foreign = { place: 'us-east-1', account: '999999999999', own: false };

export default cases(replicationTargetsTrusted, {
  'images are not replicated': [{ replicationTargets: [] }, 'pass'],
  'images are replicated to a second region': [{ replicationTargets: [own] }, 'pass'],
  'one of two targets is a foreign account': [{ replicationTargets: [own, foreign] }, 'fail'],
  'the other account is declared as trusted': [
    { replicationTargets: [own, foreign] },
    'pass',
    { trustedAccounts: ['9999*'] },
  ],
  'another account is declared as trusted': [
    { replicationTargets: [foreign] },
    'fail',
    { trustedAccounts: ['888888888888'] },
  ],
  'the other registry is declared by its host': [
    {
      replicationTargets: [
        { place: 'registry.example.org', account: 'registry.example.org', own: false },
      ],
    },
    'pass',
    { trustedAccounts: ['*.example.org'] },
  ],
});
