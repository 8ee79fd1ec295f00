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
  'administrative changes and pushes are logged': [{ auditLog: on }, 'pass'],
  'the platform does not log some changes': [
    { auditLog: { ...on, unrecorded: ['immutability rules'] } },
    'pass',
  ],
  'pulls are logged too': [{ auditLog: { ...on, pull: true } }, 'pass'],
  'there is no log': [{ auditLog: { mode: 'off', why: 'no trail covers this region' } }, 'fail'],
  'the log exists but is stopped': [
    { auditLog: { mode: 'off', why: 'trail org is stopped' } },
    'fail',
  ],
  'a log without enabled categories counts as off': [
    { auditLog: { ...on, administration: false, push: false } },
    'fail',
  ],
  'only pulls are logged': [
    { auditLog: { ...on, administration: false, push: false, pull: true } },
    'fail',
  ],
  'pushes are not logged': [{ auditLog: { ...on, push: false } }, 'fail'],
  'administrative changes are not logged': [{ auditLog: { ...on, administration: false } }, 'fail'],
});
