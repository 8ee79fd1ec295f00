import { cases } from '../../src/engine/cases.ts';
import { auditLogKept } from './audit-log-kept.ts';

export default cases(auditLogKept, {
  'kept for a year under a lock': [
    { auditRetention: { mode: 'days', days: 365, switchOff: 'prevented' } },
    'pass',
  ],
  'kept indefinitely, and a gap would be noticed': [
    { auditRetention: { mode: 'forever', switchOff: 'evident' } },
    'pass',
  ],
  'kept for 90 days': [
    { auditRetention: { mode: 'days', days: 90, switchOff: 'prevented' } },
    'fail',
  ],
  'kept for 90 days, which is declared to be enough': [
    { auditRetention: { mode: 'days', days: 90, switchOff: 'evident' } },
    'pass',
    { logDays: 90 },
  ],
  'kept for years but disabled with one click': [
    { auditRetention: { mode: 'days', days: 3650, switchOff: 'possible' } },
    'fail',
  ],
  'kept indefinitely unless somebody deletes it': [
    { auditRetention: { mode: 'forever', switchOff: 'possible' } },
    'fail',
  ],
});
