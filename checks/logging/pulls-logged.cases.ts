import { cases } from '../../src/engine/cases.ts';
import { pullsLogged } from './pulls-logged.ts';

const on = {
  mode: 'on',
  administration: true,
  push: true,
  pull: true,
  by: ['trail org'] as string[],
} as const;

export default cases(pullsLogged, {
  'pulls are logged': [{ auditLog: on }, 'pass'],
  'a log entry of a pull proves that pulls were logged': [
    { auditLog: { ...on, newestPull: '2026-01-01T00:00:00Z' } },
    'pass',
  ],
  'read events are not logged': [{ auditLog: { ...on, pull: false } }, 'fail'],
  'everything except data access is logged': [
    { auditLog: { ...on, pull: false, by: ['admin activity'] } },
    'fail',
  ],
  'there is no log': [{ auditLog: { mode: 'off', why: 'no trail covers this region' } }, 'fail'],
});
