import { cases } from '../../src/engine/cases.ts';
import { auditLogOn } from './audit-log-on.ts';

const on = {
  mode: 'on',
  administration: true,
  push: true,
  pull: false,
  by: ['trail org'] as string[],
} as const;

export default cases(auditLogOn, {
  'administration and pushes are logged': [{ auditLog: on }, 'pass'],
  'the platform keeps no record of some changes': [
    { auditLog: { ...on, unrecorded: ['immutability rules'] } },
    'pass',
  ],
  'pulls are logged too': [{ auditLog: { ...on, pull: true } }, 'pass'],
  'there is no log': [{ auditLog: { mode: 'off', why: 'no trail covers this region' } }, 'fail'],
  'the log is there and stopped': [
    { auditLog: { mode: 'off', why: 'trail org is stopped' } },
    'fail',
  ],
  'a log without enabled categories is off': [
    { auditLog: { ...on, administration: false, push: false } },
    'fail',
  ],
  'only pulls are logged': [
    { auditLog: { ...on, administration: false, push: false, pull: true } },
    'fail',
  ],
  'pushes are left out': [{ auditLog: { ...on, push: false } }, 'fail'],
  'administration is left out': [{ auditLog: { ...on, administration: false } }, 'fail'],
});
