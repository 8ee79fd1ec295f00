import { cases } from '../../src/engine/cases.ts';
import { tokensInUse } from './tokens-in-use.ts';

const key = {
  kind: 'access-key',
  name: 'build',
  createdAt: '2024-01-01T00:00:00Z',
  expiresAt: null,
  reach: 'some-repositories',
  can: 'push',
} as const;
const other = { ...key, name: 'deploy' };

const inUse = { name: 'build', lastUsedAt: '2026-01-10T00:00:00Z' };
const neverUsed = { name: 'build', lastUsedAt: null };

export default cases(tokensInUse, {
  'there are no long-lived credentials': [{ credentials: [], credentialUse: [] }, 'pass'],
  'an old key that is in use': [{ credentials: [key], credentialUse: [inUse] }, 'pass'],
  'a key unused for half a year': [
    {
      credentials: [key, other],
      credentialUse: [inUse, { name: 'deploy', lastUsedAt: '2025-07-01T00:00:00Z' }],
    },
    'fail',
  ],
  'a key whose last use lies in the future': [
    {
      credentials: [key],
      credentialUse: [{ name: 'build', lastUsedAt: '2031-01-10T00:00:00Z' }],
    },
    'fail',
  ],
  'an old key that was never used': [{ credentials: [key], credentialUse: [neverUsed] }, 'fail'],
  'a new key has not been used yet': [
    {
      credentials: [{ ...key, createdAt: '2026-01-14T00:00:00Z' }],
      credentialUse: [neverUsed],
    },
    'pass',
  ],
  'a key was never used and its age is unknown': [
    { credentials: [{ ...key, createdAt: null }], credentialUse: [neverUsed] },
    'fail',
  ],
  'an expired unused key is no risk': [
    {
      credentials: [{ ...key, expiresAt: '2025-01-01T00:00:00Z' }],
      credentialUse: [neverUsed],
    },
    'pass',
  ],
  'unused for exactly as long as allowed': [
    {
      credentials: [key],
      credentialUse: [{ name: 'build', lastUsedAt: '2025-10-17T00:00:00Z' }],
    },
    'pass',
  ],
  'unused for longer than declared': [
    { credentials: [key], credentialUse: [inUse] },
    'fail',
    { unusedTokenDays: 3 },
  ],
});
