import { cases } from '../../src/engine/cases.ts';
import { recentImagesClean } from './recent-images-clean.ts';

const clean = { mode: 'finished', critical: 0, high: 0 } as const;

export default cases(recentImagesClean, {
  'the scan found no vulnerabilities': [
    { recentScans: [{ image: 'v1@sha256:aa', scan: clean }] },
    'pass',
  ],
  'high vulnerabilities are counted but do not fail': [
    {
      recentScans: [{ image: 'v1@sha256:aa', scan: { mode: 'finished', critical: 0, high: 12 } }],
    },
    'pass',
  ],
  'a clean scan of 800 days ago is not current': [
    { recentScans: [{ image: 'v1', scan: { ...clean, at: '2024-08-11T12:00:00Z' } }] },
    'fail',
    { now: '2026-10-20T12:00:00Z' },
  ],
  'there are no images': [{ recentScans: [] }, 'pass'],
  'one critical vulnerability': [
    { recentScans: [{ image: 'v1@sha256:aa', scan: { mode: 'finished', critical: 1, high: 0 } }] },
    'fail',
  ],
  'an older listed image has critical vulnerabilities': [
    {
      recentScans: [
        { image: 'v2@sha256:bb', scan: clean },
        { image: 'v1@sha256:aa', scan: { mode: 'finished', critical: 4, high: 9 } },
      ],
    },
    'fail',
  ],
  'a missing scan is not a clean scan': [
    {
      recentScans: [
        { image: 'v2@sha256:bb', scan: clean },
        { image: 'v1@sha256:aa', scan: { mode: 'missing' } },
      ],
    },
    'fail',
  ],
});
