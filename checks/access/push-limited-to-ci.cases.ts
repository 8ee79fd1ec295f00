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
  'only a machine can push and nothing is declared': [{ pushers: [pipeline] }, 'pass'],
  'the platform itself copies images in': [
    { pushers: [pipeline, { ...pipeline, kind: 'service', name: 'replication' }] },
    'pass',
    declared,
  ],
  'a person can push': [{ pushers: [pipeline, person] }, 'fail'],
  'an administrator from whom push cannot be taken': [
    { pushers: [pipeline, { ...person, administrator: true, inherent: true }] },
    'pass',
    declared,
  ],
  'such an administrator of another account': [
    { pushers: [{ ...person, administrator: true, inherent: true, foreign: true }] },
    'fail',
  ],
  'an administrator who could be denied push': [
    { pushers: [{ ...person, administrator: true }] },
    'fail',
    declared,
  ],
  'a group of people can push': [
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
  'a whole account can push, though its number is declared': [
    { pushers: [account] },
    'fail',
    { ciIdentities: ['111122223333'] },
  ],
  'all accounts of an organisation can push': [
    { pushers: [{ ...account, kind: 'organization', name: 'o-a1b2c3d4e5' }] },
    'fail',
  ],
  'a machine of another account can push': [{ pushers: [{ ...pipeline, foreign: true }] }, 'fail'],
  'the declared pipeline lives in another account': [
    { pushers: [{ ...pipeline, foreign: true }] },
    'pass',
    declared,
  ],
  'a machine that is not among the declared pipelines': [
    { pushers: [pipeline, { ...pipeline, name: 'role/web' }] },
    'fail',
    declared,
  ],
  'an undeclared administrator can push': [
    { pushers: [pipeline, { ...pipeline, name: 'role/root', administrator: true }] },
    'fail',
  ],
  'the declared pipeline is an administrator and looks like a person': [
    { pushers: [{ ...person, name: 'role/ci-deploy', administrator: true }] },
    'pass',
    declared,
  ],
});
