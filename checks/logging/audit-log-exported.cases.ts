import { cases } from '../../src/engine/cases.ts';
import { auditLogExported } from './audit-log-exported.ts';

const bucket = {
  kind: 'bucket',
  destination: 'org-audit-logs',
  delivers: { mode: 'yes' as const },
};
const excluded = { ...bucket, delivers: { mode: 'no' as const, why: 'leaves out this registry' } };
const siem = { siemDestinations: ['org-audit-*'] };

export default cases(auditLogExported, {
  'sent to a bucket': [{ auditExport: [bucket] }, 'pass'],
  'sent to the declared destination': [{ auditExport: [bucket] }, 'pass', siem],
  'sent to the declared bucket, given as an address': [
    { auditExport: [{ ...bucket, destination: 's3://org-audit-logs' }] },
    'pass',
    siem,
  ],
  'sent nowhere': [{ auditExport: [] }, 'fail'],
  'sent nowhere, though a destination is declared': [{ auditExport: [] }, 'fail', siem],
  'sent elsewhere than declared': [
    { auditExport: [{ ...bucket, destination: 'team-scratch' }] },
    'fail',
    siem,
  ],
  'a setting that excludes this registry does not count': [{ auditExport: [excluded] }, 'fail'],
  'the declared destination gets nothing, another one does': [
    { auditExport: [excluded, { ...bucket, destination: 'team-scratch' }] },
    'fail',
    siem,
  ],
  'one of two destinations gets nothing': [
    { auditExport: [{ ...excluded, destination: 'old-logs' }, bucket] },
    'pass',
    siem,
  ],
});
