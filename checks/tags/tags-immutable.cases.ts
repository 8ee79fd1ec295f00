import { cases } from '../../src/engine/cases.ts';
import { tagsImmutable } from './tags-immutable.ts';

export default cases(tagsImmutable, {
  'every tag is immutable': [{ tagLock: { mode: 'all' } }, 'pass'],
  'every tag is mutable': [{ tagLock: { mode: 'none' } }, 'fail'],
  'latest is exempt and no production tag is declared': [
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
  'latest is exempt and production deploys only v*': [
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
  'only release tags are immutable and no production tag is declared': [
    { tagLock: { mode: 'only', patterns: ['v*'] } },
    'fail',
  ],
  'the immutable pattern covers every production tag': [
    { tagLock: { mode: 'only', patterns: ['v*'] } },
    'pass',
    { productionTags: ['v1.*', 'v2.*'] },
  ],
  'the immutable pattern covers a part of the production tags': [
    { tagLock: { mode: 'only', patterns: ['v1.*'] } },
    'fail',
    { productionTags: ['v*'] },
  ],
  'a partial immutability rule whose pattern is every tag': [
    { tagLock: { mode: 'only', patterns: ['*'] } },
    'pass',
  ],
  'a pull-through cache must follow its upstream': [
    { tagLock: { mode: 'none' }, contentOrigin: { mode: 'cache', of: 'registry-1.docker.io' } },
    'pass',
  ],
  'a repository with pushed images is not exempt': [
    { tagLock: { mode: 'none' }, contentOrigin: { mode: 'own' } },
    'fail',
  ],
  'a repository outside production': [
    { tagLock: { mode: 'none' } },
    'pass',
    { productionRepositories: ['prod/*'], repository: 'sandbox/app' },
  ],
  'a production repository': [
    { tagLock: { mode: 'none' } },
    'fail',
    { productionRepositories: ['prod/*'], repository: 'prod/app' },
  ],
});
