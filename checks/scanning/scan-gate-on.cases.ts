import { cases } from '../../src/engine/cases.ts';
import { scanGateOn } from './scan-gate-on.ts';

export default cases(scanGateOn, {
  'images with high findings are refused': [
    { scanGate: { mode: 'blocks', threshold: 'high', exceptions: [] } },
    'pass',
  ],
  'only critical findings are refused': [
    { scanGate: { mode: 'blocks', threshold: 'critical', exceptions: [] } },
    'pass',
  ],
  'a single vulnerability is let through': [
    { scanGate: { mode: 'blocks', threshold: 'high', exceptions: ['CVE-2026-0001'] } },
    'pass',
  ],
  'a long allow-list is named in short': [
    {
      scanGate: {
        mode: 'blocks',
        threshold: 'high',
        exceptions: Array.from({ length: 40 }, (_, i) => `CVE-2026-${1000 + i}`),
      },
    },
    'pass',
  ],
  'findings are reported and the image is served': [{ scanGate: { mode: 'reports-only' } }, 'fail'],
  'the platform has a gate that is switched off': [{ scanGate: { mode: 'none' } }, 'fail'],
});
