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
  'nothing is cached': [{ upstreams: [] }, 'pass'],
  'a part of one upstream under its own prefix': [{ upstreams: [upstream] }, 'pass'],
  'the cache claims every name': [{ upstreams: [{ ...upstream, prefix: '*' }] }, 'fail'],
  'the cache has an empty prefix': [{ upstreams: [{ ...upstream, prefix: '' }] }, 'fail'],
  'the whole upstream is open': [
    { upstreams: [upstream, { ...upstream, takes: { mode: 'everything' } }] },
    'fail',
  ],
  'the part that is open is everything': [
    { upstreams: [{ ...upstream, takes: { mode: 'part', prefix: '*' } }] },
    'fail',
  ],
});
