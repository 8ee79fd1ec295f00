import { cases } from '../../src/engine/cases.ts';
import { recentImagesClean } from './recent-images-clean.ts';

const clean = { mode: 'finished', critical: 0, high: 0 } as const;

export default cases(recentImagesClean, {
  'no findings at all': [{ recentScans: [{ image: 'v1@sha256:aa', scan: clean }] }, 'pass'],
  'high findings are named, not judged': [
    {
      recentScans: [{ image: 'v1@sha256:aa', scan: { mode: 'finished', critical: 0, high: 12 } }],
    },
    'pass',
  ],
  'nothing was found 800 days ago': [
    { recentScans: [{ image: 'v1', scan: { ...clean, at: '2024-08-11T12:00:00Z' } }] },
    'fail',
    { now: '2026-10-20T12:00:00Z' },
  ],
  'there are no images': [{ recentScans: [] }, 'pass'],
  'one critical finding': [
    { recentScans: [{ image: 'v1@sha256:aa', scan: { mode: 'finished', critical: 1, high: 0 } }] },
    'fail',
  ],
  'an older listed image is critical': [
    {
      recentScans: [
        { image: 'v2@sha256:bb', scan: clean },
        { image: 'v1@sha256:aa', scan: { mode: 'finished', critical: 4, high: 9 } },
      ],
    },
    'fail',
  ],
  'a missing report is no clean report': [
    {
      recentScans: [
        { image: 'v2@sha256:bb', scan: clean },
        { image: 'v1@sha256:aa', scan: { mode: 'missing' } },
      ],
    },
    'fail',
  ],
});
