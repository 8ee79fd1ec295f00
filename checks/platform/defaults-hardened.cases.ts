import { cases } from '../../src/engine/cases.ts';
import { defaultsHardened } from './defaults-hardened.ts';

const replicated = {
  origin: 'replicated to here',
  visibility: 'private' as const,
  pushScan: 'on' as const,
  tagLock: { mode: 'set' as const, lock: { mode: 'all' as const } },
};
const byHand = {
  ...replicated,
  origin: 'by hand',
  tagLock: { mode: 'chosen-by-creator' as const },
};
const cached = {
  ...replicated,
  origin: 'cached from an upstream',
  tagLock: { mode: 'not-needed' as const, why: 'a cache has to follow its upstream' },
};

export default cases(defaultsHardened, {
  'private, scanned and locked': [{ newRepositories: [byHand, replicated, cached] }, 'pass'],
  'only tags of signatures can be moved': [
    {
      newRepositories: [
        {
          ...replicated,
          tagLock: { mode: 'set', lock: { mode: 'all-except', patterns: ['sha256-*'] } },
        },
      ],
    },
    'pass',
  ],
  'new projects are public': [
    { newRepositories: [replicated, { ...byHand, visibility: 'public' }] },
    'fail',
  ],
  'new repositories are not scanned': [
    { newRepositories: [{ ...cached, pushScan: 'off' }] },
    'fail',
  ],
  'copies start with movable tags': [
    {
      newRepositories: [
        byHand,
        { ...replicated, tagLock: { mode: 'set', lock: { mode: 'none' } } },
      ],
    },
    'fail',
  ],
  'only release tags start locked': [
    {
      newRepositories: [
        { ...replicated, tagLock: { mode: 'set', lock: { mode: 'only', patterns: ['v*'] } } },
      ],
    },
    'fail',
  ],
  'latest can be moved': [
    {
      newRepositories: [
        {
          ...replicated,
          tagLock: { mode: 'set', lock: { mode: 'all-except', patterns: ['sha256-*', 'latest'] } },
        },
      ],
    },
    'fail',
  ],
  'nothing can be created': [{ newRepositories: [] }, 'pass'],
});
