import { cases } from '../../src/engine/cases.ts';
import { versionSupported } from './version-supported.ts';

const version = { product: 'Harbor', version: '2.14.1' };

export default cases(versionSupported, {
  'the release is supported and has no end date yet': [
    { version: { ...version, support: { mode: 'supported', until: null } } },
    'pass',
  ],
  'the release is supported until summer': [
    { version: { ...version, support: { mode: 'supported', until: '2026-07-01' } } },
    'pass',
  ],
  'the release is supported until today': [
    { version: { ...version, support: { mode: 'supported', until: '2026-01-15' } } },
    'pass',
  ],
  'the end date has passed since the list was made': [
    { version: { ...version, support: { mode: 'supported', until: '2026-01-01' } } },
    'fail',
  ],
  'support ended': [
    { version: { ...version, support: { mode: 'ended', at: '2025-06-30' } } },
    'fail',
  ],
  'support ended at an unknown time': [
    { version: { ...version, version: '1.10.0', support: { mode: 'ended', at: null } } },
    'fail',
  ],
});
