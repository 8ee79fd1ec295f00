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
  'there are no replicas': [
    { replicaSettings: { mode: 'no-replicas' }, tagLock: { mode: 'all' }, encryption: ownKey },
    'pass',
  ],
  'a creation template gives replicas the settings of the source': [
    {
      replicaSettings: copies(like({ mode: 'all' })),
      tagLock: { mode: 'all' },
      encryption: ownKey,
    },
    'pass',
  ],
  'the source is no stricter than a replica with default settings': [
    { replicaSettings: copies(untouched), tagLock: { mode: 'none' }, encryption: platformKey },
    'pass',
  ],
  'replicas have default settings': [
    { replicaSettings: copies(untouched), tagLock: { mode: 'all' }, encryption: platformKey },
    'fail',
  ],
  'the replica has a platform-managed key': [
    {
      replicaSettings: copies(like({ mode: 'all' }, 'platform-key')),
      tagLock: { mode: 'all' },
      encryption: ownKey,
    },
    'fail',
  ],
  'the replica exempts a tag that is immutable in the source': [
    {
      replicaSettings: copies(like({ mode: 'all-except', patterns: ['latest'] })),
      tagLock: { mode: 'all' },
      encryption: ownKey,
    },
    'fail',
  ],
  'the replica exempts signature tags': [
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
  'the replica makes only a part of the immutable tags immutable': [
    {
      replicaSettings: copies(like({ mode: 'only', patterns: ['v1.*'] })),
      tagLock: { mode: 'only', patterns: ['v*'] },
      encryption: platformKey,
    },
    'fail',
  ],
  'the replica makes more tags immutable than the source': [
    {
      replicaSettings: copies(like({ mode: 'all-except', patterns: ['latest'] })),
      tagLock: { mode: 'only', patterns: ['v*'] },
      encryption: platformKey,
    },
    'pass',
  ],
  'one of two replicas has default settings': [
    {
      replicaSettings: copies(like({ mode: 'all' }), untouched),
      tagLock: { mode: 'all' },
      encryption: ownKey,
    },
    'fail',
  ],
});
