import { cases } from '../../src/engine/cases.ts';
import type { TagLock } from '../../src/model/tag-lock.ts';
import { replicasHardened } from './replicas-hardened.ts';

const ownKey = {
  mode: 'own-key',
  key: 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd',
  usable: { mode: 'yes' },
} as const;
const platformKey = { mode: 'platform-key', detail: 'AES-256' } as const;

type Settings = Parameters<typeof replicasHardened.judge>[0]['replicaSettings'];
type Copy = Extract<Settings, { mode: 'copies' }>['places'][number];

const like = (lock: TagLock, encryption: Copy['encryption'] = 'own-key'): Copy => ({
  place: 'eu-central-1',
  tagLock: { mode: 'set', lock },
  encryption,
});
const untouched: Copy = {
  place: 'us-east-1',
  tagLock: { mode: 'default' },
  encryption: 'platform-key',
};
const copies = (...places: Copy[]): Settings => ({ mode: 'copies', places });

export default cases(replicasHardened, {
  'there are no copies': [
    { replicaSettings: { mode: 'no-replicas' }, tagLock: { mode: 'all' }, encryption: ownKey },
    'pass',
  ],
  'a creation template makes copies like the source': [
    {
      replicaSettings: copies(like({ mode: 'all' })),
      tagLock: { mode: 'all' },
      encryption: ownKey,
    },
    'pass',
  ],
  'the source is as lax as a copy with the defaults': [
    { replicaSettings: copies(untouched), tagLock: { mode: 'none' }, encryption: platformKey },
    'pass',
  ],
  'copies start with the defaults of their place': [
    { replicaSettings: copies(untouched), tagLock: { mode: 'all' }, encryption: platformKey },
    'fail',
  ],
  'the copy has the key of the platform': [
    {
      replicaSettings: copies(like({ mode: 'all' }, 'platform-key')),
      tagLock: { mode: 'all' },
      encryption: ownKey,
    },
    'fail',
  ],
  'the copy exempts a tag that the source locks': [
    {
      replicaSettings: copies(like({ mode: 'all-except', patterns: ['latest'] })),
      tagLock: { mode: 'all' },
      encryption: ownKey,
    },
    'fail',
  ],
  'the copy exempts signature tags': [
    {
      replicaSettings: copies(like({ mode: 'all-except', patterns: ['sha256-*'] })),
      tagLock: { mode: 'all' },
      encryption: ownKey,
    },
    'pass',
  ],
  'both exempt the same tag': [
    {
      replicaSettings: copies(like({ mode: 'all-except', patterns: ['dev-1*'] })),
      tagLock: { mode: 'all-except', patterns: ['latest', 'dev-*'] },
      encryption: platformKey,
    },
    'pass',
  ],
  'the copy locks a part of what the source locks': [
    {
      replicaSettings: copies(like({ mode: 'only', patterns: ['v1.*'] })),
      tagLock: { mode: 'only', patterns: ['v*'] },
      encryption: platformKey,
    },
    'fail',
  ],
  'the copy locks more than the source': [
    {
      replicaSettings: copies(like({ mode: 'all-except', patterns: ['latest'] })),
      tagLock: { mode: 'only', patterns: ['v*'] },
      encryption: platformKey,
    },
    'pass',
  ],
  'one of two copies starts with the defaults': [
    {
      replicaSettings: copies(like({ mode: 'all' }), untouched),
      tagLock: { mode: 'all' },
      encryption: ownKey,
    },
    'fail',
  ],
});
