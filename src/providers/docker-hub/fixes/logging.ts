import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const logging = {
  'audit-log-on': {
    console: 'Docker Home > Billing > Manage subscription: Team or Business',
    instead:
      'a log requires a Team or Business subscription and cannot be disabled; move the images of an account to an organization',
    risk: 'A subscription costs money.',
    undo: 'Cancel the subscription.',
    references: ['https://docs.docker.com/admin/activity-logs/'],
  },
  'pulls-logged': {
    instead: 'Docker Hub does not log pulls: pull through your own cache that logs them',
    risk: 'The cache is another service to operate, and pulls that bypass it are not logged.',
    undo: 'Switch clients back to Docker Hub.',
    references: ['https://docs.docker.com/docker-hub/image-library/mirror/'],
  },
} satisfies Record<Failable['logging'], Fix>;
