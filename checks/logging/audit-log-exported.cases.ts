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
  'the log is exported to a bucket': [{ auditExport: [bucket] }, 'pass'],
  'the log is exported to the declared destination': [{ auditExport: [bucket] }, 'pass', siem],
  'the declared bucket is reported as a URL': [
    { auditExport: [{ ...bucket, destination: 's3://org-audit-logs' }] },
    'pass',
    siem,
  ],
  'the log is not exported': [{ auditExport: [] }, 'fail'],
  'the log is not exported, although a destination is declared': [
    { auditExport: [] },
    'fail',
    siem,
  ],
  'the log is exported to an undeclared destination': [
    { auditExport: [{ ...bucket, destination: 'team-scratch' }] },
    'fail',
    siem,
  ],
  'a setting that excludes this registry does not count': [{ auditExport: [excluded] }, 'fail'],
  'the declared destination receives nothing, another one does': [
    { auditExport: [excluded, { ...bucket, destination: 'team-scratch' }] },
    'fail',
    siem,
  ],
  'one of two destinations receives nothing': [
    { auditExport: [{ ...excluded, destination: 'old-logs' }, bucket] },
    'pass',
    siem,
  ],
});
