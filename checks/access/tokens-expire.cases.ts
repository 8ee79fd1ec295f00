import { cases } from '../../src/engine/cases.ts';
import { tokensExpire } from './tokens-expire.ts';

const robot = {
  kind: 'robot',
  name: 'ci',
  createdAt: '2026-01-01T00:00:00Z',
  expiresAt: '2026-03-01T00:00:00Z',
  reach: 'some-repositories',
  can: 'push',
} as const;
const expired = { ...robot, expiresAt: '2026-01-14T00:00:00Z', createdAt: null };

export default cases(tokensExpire, {
  'there are no long-lived credentials': [{ credentials: [] }, 'pass'],
  'a robot account expires within two months': [{ credentials: [robot] }, 'pass'],
  'a token never expires': [{ credentials: [robot, { ...robot, expiresAt: null }] }, 'fail'],
  'an expired token is no risk': [{ credentials: [expired] }, 'pass'],
  'an expired token with a long lifetime is no risk': [
    { credentials: [{ ...expired, createdAt: '2020-01-01T00:00:00Z' }] },
    'pass',
  ],
  'a lifetime of ten years': [
    { credentials: [{ ...robot, expiresAt: '2036-01-01T00:00:00Z' }] },
    'fail',
  ],
  'a lifetime longer than allowed, most of which is over': [
    { credentials: [{ ...robot, createdAt: '2025-10-01T00:00:00Z' }] },
    'fail',
    { longestTokenDays: 90 },
  ],
  'creation is unknown and expiry is further away than allowed': [
    { credentials: [{ ...robot, createdAt: null, expiresAt: '2027-02-01T00:00:00Z' }] },
    'fail',
  ],
  'creation is unknown and expiry is near': [
    { credentials: [{ ...robot, createdAt: null }] },
    'pass',
  ],
  'a creation time in the future does not shorten the lifetime': [
    {
      credentials: [
        { ...robot, createdAt: '2035-12-31T00:00:00Z', expiresAt: '2036-01-01T00:00:00Z' },
      ],
    },
    'fail',
  ],
  'exactly the allowed lifetime': [
    { credentials: [{ ...robot, expiresAt: '2026-04-01T12:00:00Z' }] },
    'pass',
    { longestTokenDays: 90 },
  ],
});
