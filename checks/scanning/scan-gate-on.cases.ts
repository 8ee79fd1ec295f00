import { cases } from '../../src/engine/cases.ts';
import { scanGateOn } from './scan-gate-on.ts';

export default cases(scanGateOn, {
  'images with high vulnerabilities are blocked': [
    { scanGate: { mode: 'blocks', threshold: 'high', exceptions: [] } },
    'pass',
  ],
  'only images with critical vulnerabilities are blocked': [
    { scanGate: { mode: 'blocks', threshold: 'critical', exceptions: [] } },
    'pass',
  ],
  'a single vulnerability is exempt': [
    { scanGate: { mode: 'blocks', threshold: 'high', exceptions: ['CVE-2026-0001'] } },
    'pass',
  ],
  'a long allow-list is shortened': [
    {
      scanGate: {
        mode: 'blocks',
        threshold: 'high',
        exceptions: Array.from({ length: 40 }, (_, i) => `CVE-2026-${1000 + i}`),
      },
    },
    'pass',
  ],
  'vulnerabilities are reported and the image is served': [
    { scanGate: { mode: 'reports-only' } },
    'fail',
  ],
  'the gate of the platform is disabled': [{ scanGate: { mode: 'none' } }, 'fail'],
});
