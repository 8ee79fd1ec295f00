import { cases } from '../../src/engine/cases.ts';
import { scanExceptionsExpire } from './scan-exceptions-expire.ts';

const now = '2026-06-01T00:00:00Z';

export default cases(scanExceptionsExpire, {
  'nothing is let through': [{ scanExceptions: [] }, 'pass'],
  'an exception ends next month': [
    { scanExceptions: [{ name: 'CVE-2026-0001', until: '2026-07-01T00:00:00Z' }] },
    'pass',
    { now },
  ],
  'an exception that has ended lets nothing through': [
    { scanExceptions: [{ name: 'CVE-2025-0001', until: '2025-12-31T00:00:00Z' }] },
    'pass',
    { now },
  ],
  'an exception never ends': [
    { scanExceptions: [{ name: 'CVE-2026-0001', until: null }] },
    'fail',
    { now },
  ],
  'one endless exception beside one that ends': [
    {
      scanExceptions: [
        { name: 'CVE-2026-0001', until: '2026-07-01T00:00:00Z' },
        { name: 'CVE-2026-0002', until: null },
      ],
    },
    'fail',
    { now },
  ],
  'an endless exception beside one that has ended': [
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
