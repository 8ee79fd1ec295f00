import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';
import { guides, setting } from './pages.ts';

export const storage = {
  replicated: {
    ...setting(
      'FEATURE_STORAGE_REPLICATION: true with two DISTRIBUTED_STORAGE_CONFIG engines, both in DISTRIBUTED_STORAGE_DEFAULT_LOCATIONS',
    ),
    risk: 'Every blob is stored and sent twice; what is there already has to be copied by hand.',
    references: [guides.managing],
  },
  'replication-targets-trusted': {
    ...setting('DISTRIBUTED_STORAGE_DEFAULT_LOCATIONS to engines of yours alone'),
    risk: 'Images are copied there no longer.',
    references: [guides.managing],
  },
} satisfies Record<Failable['storage'], Fix>;
