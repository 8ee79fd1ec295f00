import { cases } from '../../src/engine/cases.ts';
import { tokensInUse } from './tokens-in-use.ts';

const key = {
  kind: 'access-key',
  name: 'build',
  createdAt: '2024-01-01T00:00:00Z',
  expiresAt: null,
  lastUsedAt: '2026-01-10T00:00:00Z',
  reach: 'some-repositories',
  can: 'push',
} as const;

const recorded = { credentialUse: { mode: 'recorded' } } as const;

export default cases(tokensInUse, {
  'there are no lasting credentials': [{ ...recorded, credentials: [] }, 'pass'],
  'an old key that is in use': [{ ...recorded, credentials: [key] }, 'pass'],
  'a key unused for half a year': [
    { ...recorded, credentials: [key, { ...key, lastUsedAt: '2025-07-01T00:00:00Z' }] },
    'fail',
  ],
  'an old key that was never used': [
    { ...recorded, credentials: [{ ...key, lastUsedAt: null }] },
    'fail',
  ],
  'a new key that was not used yet': [
    { ...recorded, credentials: [{ ...key, lastUsedAt: null, createdAt: '2026-01-14T00:00:00Z' }] },
    'pass',
  ],
  'never used and of unknown age': [
    { ...recorded, credentials: [{ ...key, lastUsedAt: null, createdAt: null }] },
    'fail',
  ],
  'an unused key that ended is no risk': [
    { ...recorded, credentials: [{ ...key, lastUsedAt: null, expiresAt: '2025-01-01T00:00:00Z' }] },
    'pass',
  ],
  'unused for exactly as long as allowed': [
    { ...recorded, credentials: [{ ...key, lastUsedAt: '2025-10-17T00:00:00Z' }] },
    'pass',
  ],
  'unused for longer than declared': [
    { ...recorded, credentials: [key] },
    'fail',
    { unusedTokenDays: 3 },
  ],
});
