import { cases } from '../../src/engine/cases.ts';
import { adminsFew } from './admins-few.ts';

const administrator = {
  kind: 'person',
  name: 'alice',
  via: 'role owner',
  foreign: false,
  administrator: true,
} as const;
const named = (...names: string[]) => names.map((name) => ({ ...administrator, name }));

export default cases(adminsFew, {
  'nobody is a permanent administrator': [{ administrators: [] }, 'pass'],
  'five administrators, as many as allowed': [
    { administrators: named('a', 'b', 'c', 'd', 'e') },
    'pass',
  ],
  'six administrators': [{ administrators: named('a', 'b', 'c', 'd', 'e', 'f') }, 'fail'],
  'three administrators where two are allowed': [
    { administrators: named('a', 'b', 'c') },
    'fail',
    { mostAdministrators: 2 },
  ],
  'a declared pipeline counts too': [
    { administrators: [...named('a'), { ...administrator, kind: 'workload', name: 'role/ci' }] },
    'fail',
    { mostAdministrators: 1, ciIdentities: ['role/ci'] },
  ],
  'a whole account is administrator': [
    { administrators: [{ ...administrator, kind: 'account', name: '111122223333' }] },
    'fail',
  ],
});
