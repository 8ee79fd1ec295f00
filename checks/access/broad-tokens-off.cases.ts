import { cases } from '../../src/engine/cases.ts';
import { broadTokensOff } from './broad-tokens-off.ts';

const narrow = {
  kind: 'robot',
  name: 'team-a+ci',
  createdAt: null,
  expiresAt: '2026-06-01T00:00:00Z',
  reach: 'some-repositories',
  can: 'push',
} as const;
const broad = { ...narrow, name: 'robot$system', reach: 'every-repository' } as const;

export default cases(broadTokensOff, {
  'there are no long-lived credentials': [{ credentials: [] }, 'pass'],
  'every robot account belongs to one project': [{ credentials: [narrow] }, 'pass'],
  'a system-level robot account': [{ credentials: [narrow, broad] }, 'fail'],
  'a pull-only token for every repository of the organisation': [
    { credentials: [{ ...broad, kind: 'token', name: 'org/*', can: 'pull' }] },
    'fail',
  ],
  'management-plane tokens of the cloud have access to the registry': [
    {
      credentials: [{ ...broad, kind: 'token', name: 'management-plane token', can: 'administer' }],
    },
    'fail',
  ],
  'a broad token that expires at this moment': [
    { credentials: [{ ...broad, expiresAt: '2026-01-15T00:00:00Z' }] },
    'fail',
  ],
  'a broad token that expired is no risk': [
    { credentials: [{ ...broad, expiresAt: '2025-12-31T00:00:00Z' }] },
    'pass',
  ],
});
