import { cases } from '../../src/engine/cases.ts';
import { upstreamsApproved } from './upstreams-approved.ts';

const upstream = {
  prefix: 'docker-hub',
  url: 'registry-1.docker.io',
  transport: 'verified-tls',
  credential: 'stored',
  takes: { mode: 'everything' },
} as const;
const approved = { approvedUpstreams: ['registry-1.docker.io', '*.ecr.aws'] };

export default cases(upstreamsApproved, {
  'there are no cached upstreams': [{ upstreams: [] }, 'pass'],
  'an upstream, and no upstream is declared': [{ upstreams: [upstream] }, 'pass'],
  'approved upstreams': [
    { upstreams: [upstream, { ...upstream, url: 'https://Public.ECR.aws/' }] },
    'pass',
    approved,
  ],
  'an upstream that is not approved': [
    { upstreams: [upstream, { ...upstream, url: 'https://quay.io' }] },
    'fail',
    approved,
  ],
  'the approved name is in the path of another host': [
    { upstreams: [{ ...upstream, url: 'https://evil.example/registry-1.docker.io' }] },
    'fail',
    approved,
  ],
  'the approved name is the user at another host': [
    { upstreams: [{ ...upstream, url: 'https://registry-1.docker.io@evil.example/' }] },
    'fail',
    approved,
  ],
  'the approved host at another port': [
    { upstreams: [{ ...upstream, url: 'https://registry-1.docker.io:8443' }] },
    'fail',
    approved,
  ],
  'an approved upstream over plain HTTP': [
    { upstreams: [{ ...upstream, transport: 'plain-http' }] },
    'fail',
    approved,
  ],
  'certificates are not verified, and no upstream is declared': [
    { upstreams: [{ ...upstream, transport: 'unverified-tls' }] },
    'fail',
  ],
  'a URL without a host, and no upstream is declared': [
    { upstreams: [{ ...upstream, url: 'https://' }] },
    'fail',
  ],
});
