import { cases } from '../../src/engine/cases.ts';
import { recentImagesScanned } from './recent-images-scanned.ts';

const clean = { mode: 'finished', critical: 0, high: 0 } as const;
const vulnerable = { mode: 'finished', critical: 3, high: 7 } as const;
const missing = { mode: 'missing' } as const;

export default cases(recentImagesScanned, {
  'every listed image is scanned': [
    {
      recentScans: [
        { image: 'v2@sha256:bb', scan: clean },
        { image: 'v1@sha256:aa', scan: clean },
      ],
    },
    'pass',
  ],
  'a scan with vulnerabilities is a scan': [
    { recentScans: [{ image: 'v1@sha256:aa', scan: vulnerable }] },
    'pass',
  ],
  'a scan of a month ago is current': [
    { recentScans: [{ image: 'v1', scan: { ...clean, at: '2026-09-20T12:00:00Z' } }] },
    'pass',
    { now: '2026-10-20T12:00:00Z' },
  ],
  'a scan of 800 days ago is not': [
    { recentScans: [{ image: 'v1', scan: { ...clean, at: '2024-08-11T12:00:00Z' } }] },
    'fail',
    { now: '2026-10-20T12:00:00Z' },
  ],
  'a scan that is dated a year ahead is not current': [
    { recentScans: [{ image: 'v1', scan: { ...clean, at: '2027-10-20T12:00:00Z' } }] },
    'fail',
    { now: '2026-10-20T12:00:00Z' },
  ],
  'a scan that is an hour ahead of this clock is current': [
    { recentScans: [{ image: 'v1', scan: { ...clean, at: '2026-10-20T13:00:00Z' } }] },
    'pass',
    { now: '2026-10-20T12:00:00Z' },
  ],
  'the longest allowed age is a week': [
    { recentScans: [{ image: 'v1', scan: { ...clean, at: '2026-10-10T12:00:00Z' } }] },
    'fail',
    { now: '2026-10-20T12:00:00Z', scanAge: 7 },
  ],
  'there are no images': [{ recentScans: [] }, 'pass'],
  'the only image was never scanned': [
    { recentScans: [{ image: 'v1@sha256:aa', scan: missing }] },
    'fail',
  ],
  'one image beside scanned ones was never scanned': [
    {
      recentScans: [
        { image: 'v2@sha256:bb', scan: clean },
        { image: 'v1@sha256:aa', scan: missing },
      ],
    },
    'fail',
  ],
  'a missing scan is not a clean scan': [
    {
      recentScans: Array.from({ length: 8 }, (_, i) => ({
        image: `v${i}@sha256:${i}`,
        scan: missing,
      })),
    },
    'fail',
  ],
});
