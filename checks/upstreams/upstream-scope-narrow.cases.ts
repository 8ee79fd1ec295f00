import { cases } from '../../src/engine/cases.ts';
import { upstreamScopeNarrow } from './upstream-scope-narrow.ts';

const upstream = {
  prefix: 'base',
  url: 'registry-1.docker.io',
  transport: 'verified-tls' as const,
  credential: 'stored' as const,
  takes: { mode: 'part' as const, prefix: 'library' },
};

export default cases(upstreamScopeNarrow, {
  'there are no cached upstreams': [{ upstreams: [] }, 'pass'],
  'a part of one upstream under its own prefix': [{ upstreams: [upstream] }, 'pass'],
  'the cache claims every name': [{ upstreams: [{ ...upstream, prefix: '*' }] }, 'fail'],
  'the cache has an empty prefix': [{ upstreams: [{ ...upstream, prefix: '' }] }, 'fail'],
  'the whole upstream is exposed': [
    { upstreams: [upstream, { ...upstream, takes: { mode: 'everything' } }] },
    'fail',
  ],
  'the exposed part is everything': [
    { upstreams: [{ ...upstream, takes: { mode: 'part', prefix: '*' } }] },
    'fail',
  ],
});
