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
  'there are no lasting credentials': [{ credentials: [] }, 'pass'],
  'a robot ends within two months': [{ credentials: [robot] }, 'pass'],
  'a token without an end': [{ credentials: [robot, { ...robot, expiresAt: null }] }, 'fail'],
  'a token that ended is no risk': [{ credentials: [expired] }, 'pass'],
  'a long life that is over is no risk': [
    { credentials: [{ ...expired, createdAt: '2020-01-01T00:00:00Z' }] },
    'pass',
  ],
  'a life of ten years': [
    { credentials: [{ ...robot, expiresAt: '2036-01-01T00:00:00Z' }] },
    'fail',
  ],
  'a life longer than declared, though most of it is over': [
    { credentials: [{ ...robot, createdAt: '2025-10-01T00:00:00Z' }] },
    'fail',
    { longestTokenDays: 90 },
  ],
  'creation unknown and the end further away than allowed': [
    { credentials: [{ ...robot, createdAt: null, expiresAt: '2027-02-01T00:00:00Z' }] },
    'fail',
  ],
  'creation unknown and the end near': [{ credentials: [{ ...robot, createdAt: null }] }, 'pass'],
  'a creation in the future shortens nothing': [
    {
      credentials: [
        { ...robot, createdAt: '2035-12-31T00:00:00Z', expiresAt: '2036-01-01T00:00:00Z' },
      ],
    },
    'fail',
  ],
  'exactly the allowed life': [
    { credentials: [{ ...robot, expiresAt: '2026-04-01T12:00:00Z' }] },
    'pass',
    { longestTokenDays: 90 },
  ],
});
