import { cases } from '../../src/engine/cases.ts';
import { tagsImmutable } from './tags-immutable.ts';

export default cases(tagsImmutable, {
  'every tag is locked': [{ tagLock: { mode: 'all' } }, 'pass'],
  'nothing is locked': [{ tagLock: { mode: 'none' } }, 'fail'],
  'latest is exempt and nothing is declared': [
    { tagLock: { mode: 'all-except', patterns: ['latest'] } },
    'fail',
  ],
  'only the signature tags of cosign are exempt': [
    { tagLock: { mode: 'all-except', patterns: ['sha256-*', 'sha256-*.sig'] } },
    'pass',
  ],
  'an exemption that only looks like signature tags': [
    { tagLock: { mode: 'all-except', patterns: ['sha*'] } },
    'fail',
  ],
  'latest is exempt and production deploys v* alone': [
    { tagLock: { mode: 'all-except', patterns: ['latest'] } },
    'pass',
    { productionTags: ['v*'] },
  ],
  'an exempt pattern overlaps what production deploys': [
    { tagLock: { mode: 'all-except', patterns: ['*-rc'] } },
    'fail',
    { productionTags: ['v*'] },
  ],
  'an immutable setting whose exemption is every tag': [
    { tagLock: { mode: 'all-except', patterns: ['*'] } },
    'fail',
    { productionTags: ['v*'] },
  ],
  'only release tags are locked and nothing is declared': [
    { tagLock: { mode: 'only', patterns: ['v*'] } },
    'fail',
  ],
  'the locked pattern covers every tag of production': [
    { tagLock: { mode: 'only', patterns: ['v*'] } },
    'pass',
    { productionTags: ['v1.*', 'v2.*'] },
  ],
  'the locked pattern covers a part of production': [
    { tagLock: { mode: 'only', patterns: ['v1.*'] } },
    'fail',
    { productionTags: ['v*'] },
  ],
  'a partial lock whose pattern is every tag': [
    { tagLock: { mode: 'only', patterns: ['*'] } },
    'pass',
  ],
  'a pull-through cache has to follow its upstream': [
    { tagLock: { mode: 'none' }, contentOrigin: { mode: 'cache', of: 'registry-1.docker.io' } },
    'pass',
  ],
  'images that are pushed here are no excuse': [
    { tagLock: { mode: 'none' }, contentOrigin: { mode: 'own' } },
    'fail',
  ],
  'a repository outside production': [
    { tagLock: { mode: 'none' } },
    'pass',
    { productionRepositories: ['prod/*'], repository: 'sandbox/app' },
  ],
  'a repository of production': [
    { tagLock: { mode: 'none' } },
    'fail',
    { productionRepositories: ['prod/*'], repository: 'prod/app' },
  ],
});
