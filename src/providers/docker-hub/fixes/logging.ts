import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const logging = {
  'audit-log-on': {
    console: 'Docker Home > Billing > Manage subscription: Team or Business',
    instead:
      'a log comes with a Team or Business subscription and cannot be switched off; move images of an account to an organization',
    risk: 'A subscription costs money.',
    undo: 'Cancel it.',
    references: ['https://docs.docker.com/admin/activity-logs/'],
  },
  'pulls-logged': {
    instead: 'pulls are not logged: pull through a cache of your own that logs them',
    risk: 'The cache is one more service to run, and pulls that pass it by stay without a log.',
    undo: 'Point clients to Docker Hub again.',
    references: ['https://docs.docker.com/docker-hub/image-library/mirror/'],
  },
} satisfies Record<Failable['logging'], Fix>;
