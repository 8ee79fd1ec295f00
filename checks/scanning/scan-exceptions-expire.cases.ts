import { cases } from '../../src/engine/cases.ts';
import { scanExceptionsExpire } from './scan-exceptions-expire.ts';

const now = '2026-06-01T00:00:00Z';

export default cases(scanExceptionsExpire, {
  'there are no exceptions': [{ scanExceptions: [] }, 'pass'],
  'an exception expires next month': [
    { scanExceptions: [{ name: 'CVE-2026-0001', until: '2026-07-01T00:00:00Z' }] },
    'pass',
    { now },
  ],
  'an expired exception does not count': [
    { scanExceptions: [{ name: 'CVE-2025-0001', until: '2025-12-31T00:00:00Z' }] },
    'pass',
    { now },
  ],
  'an exception never expires': [
    { scanExceptions: [{ name: 'CVE-2026-0001', until: null }] },
    'fail',
    { now },
  ],
  'one exception expires and another never does': [
    {
      scanExceptions: [
        { name: 'CVE-2026-0001', until: '2026-07-01T00:00:00Z' },
        { name: 'CVE-2026-0002', until: null },
      ],
    },
    'fail',
    { now },
  ],
  'one exception has expired and another never does': [
    {
      scanExceptions: [
        { name: 'CVE-2025-0001', until: '2025-12-31T00:00:00Z' },
        { name: 'CVE-2026-0002', until: null },
      ],
    },
    'fail',
    { now },
  ],
});
