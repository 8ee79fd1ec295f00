import { cases } from '../../src/engine/cases.ts';
import { deleteLimited } from './delete-limited.ts';

const person = {
  kind: 'person',
  name: 'alice',
  via: 'role maintainer',
  foreign: false,
  administrator: false,
} as const;

export default cases(deleteLimited, {
  'nobody can delete': [{ deleters: [] }, 'pass'],
  'named users and workloads': [
    { deleters: [person, { ...person, kind: 'workload', name: 'role/cleanup' }] },
    'pass',
  ],
  'a named group and the platform': [
    {
      deleters: [
        { ...person, kind: 'group', name: 'maintainers' },
        { ...person, kind: 'service', name: 'lifecycle' },
      ],
    },
    'pass',
  ],
  'anyone can delete': [{ deleters: [person, { ...person, kind: 'anyone', name: '*' }] }, 'fail'],
  'everyone signed in can delete': [
    { deleters: [{ ...person, kind: 'everyone-signed-in', name: '*' }] },
    'fail',
  ],
  'a whole account can delete': [
    { deleters: [{ ...person, kind: 'account', name: '111122223333' }] },
    'fail',
  ],
  'a whole organisation can delete': [
    { deleters: [{ ...person, kind: 'organization', name: 'o-a1b2c3d4e5' }] },
    'fail',
  ],
  'a named role of another account can delete': [
    { deleters: [{ ...person, kind: 'workload', foreign: true }] },
    'fail',
  ],
});
