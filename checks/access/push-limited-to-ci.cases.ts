import { cases } from '../../src/engine/cases.ts';
import { pushLimitedToCi } from './push-limited-to-ci.ts';

const pipeline = {
  kind: 'workload',
  name: 'role/ci-build',
  via: 'policy ci',
  foreign: false,
  administrator: false,
} as const;
const person = { ...pipeline, kind: 'person', name: 'alice' } as const;
const anyone = { ...pipeline, kind: 'anyone', name: '*' } as const;
const account = { ...pipeline, kind: 'account', name: '111122223333' } as const;
const declared = { ciIdentities: ['role/ci-*'] };

export default cases(pushLimitedToCi, {
  'nobody can push': [{ pushers: [] }, 'pass'],
  'only a workload can push and no pipeline is declared': [{ pushers: [pipeline] }, 'pass'],
  'the replication service of the platform can push': [
    { pushers: [pipeline, { ...pipeline, kind: 'service', name: 'replication' }] },
    'pass',
    declared,
  ],
  'a user can push': [{ pushers: [pipeline, person] }, 'fail'],
  'an administrator whose role always includes push': [
    { pushers: [pipeline, { ...person, administrator: true, inherent: true }] },
    'pass',
    declared,
  ],
  'such an administrator of another account': [
    { pushers: [{ ...person, administrator: true, inherent: true, foreign: true }] },
    'fail',
  ],
  'an administrator whose push permission can be removed': [
    { pushers: [{ ...person, administrator: true }] },
    'fail',
    declared,
  ],
  'a group of users can push': [
    { pushers: [{ ...person, kind: 'group', name: 'developers' }] },
    'fail',
    declared,
  ],
  'everyone signed in can push': [
    { pushers: [{ ...anyone, kind: 'everyone-signed-in' }] },
    'fail',
    { ciIdentities: ['*'] },
  ],
  'anyone can push, whatever is declared': [{ pushers: [anyone] }, 'fail', { ciIdentities: ['*'] }],
  'a whole account can push, although its number is declared': [
    { pushers: [account] },
    'fail',
    { ciIdentities: ['111122223333'] },
  ],
  'all accounts of an organisation can push': [
    { pushers: [{ ...account, kind: 'organization', name: 'o-a1b2c3d4e5' }] },
    'fail',
  ],
  'a workload of another account can push': [{ pushers: [{ ...pipeline, foreign: true }] }, 'fail'],
  'the declared pipeline lives in another account': [
    { pushers: [{ ...pipeline, foreign: true }] },
    'pass',
    declared,
  ],
  'a workload that is not a declared pipeline': [
    { pushers: [pipeline, { ...pipeline, name: 'role/web' }] },
    'fail',
    declared,
  ],
  'an undeclared administrator can push': [
    { pushers: [pipeline, { ...pipeline, name: 'role/root', administrator: true }] },
    'fail',
  ],
  'the declared pipeline is an administrator and looks like a user': [
    { pushers: [{ ...person, name: 'role/ci-deploy', administrator: true }] },
    'pass',
    declared,
  ],
});
