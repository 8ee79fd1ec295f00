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
  'private, scanned and with immutable tags': [
    { newRepositories: [byHand, replicated, cached] },
    'pass',
  ],
  'only signature tags are mutable': [
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
  'replicas have mutable tags by default': [
    {
      newRepositories: [
        byHand,
        { ...replicated, tagLock: { mode: 'set', lock: { mode: 'none' } } },
      ],
    },
    'fail',
  ],
  'only release tags are immutable by default': [
    {
      newRepositories: [
        { ...replicated, tagLock: { mode: 'set', lock: { mode: 'only', patterns: ['v*'] } } },
      ],
    },
    'fail',
  ],
  'latest is mutable by default': [
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
  'no repository can be created': [{ newRepositories: [] }, 'pass'],
});
