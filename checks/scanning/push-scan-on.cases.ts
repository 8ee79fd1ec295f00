import { cases } from '../../src/engine/cases.ts';
import { pushScanOn } from './push-scan-on.ts';

export default cases(pushScanOn, {
  'each push is scanned once': [
    { pushScan: { mode: 'on', engine: 'basic scanning', trigger: 'push' } },
    'pass',
  ],
  'images are scanned continuously': [
    { pushScan: { mode: 'on', engine: 'Amazon Inspector', trigger: 'continuous' } },
    'pass',
  ],
  'a registry rule scans a repository whose own flag is off': [
    { pushScan: { mode: 'on', engine: 'registry rule prod*', trigger: 'push' } },
    'pass',
  ],
  'no registry rule matches, whatever the repository flag says': [
    { pushScan: { mode: 'off', why: 'no scanning rule of the registry matches' } },
    'fail',
  ],
  'the matching rule allows only manual scans': [
    { pushScan: { mode: 'off', why: 'the matching rule has the frequency MANUAL' } },
    'fail',
  ],
  'a scanner is configured but not enabled': [
    { pushScan: { mode: 'off', why: 'the scanner is configured but suspended' } },
    'fail',
  ],
});
