import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const platform = {
  'version-supported': {
    instead:
      'Upgrade to one of the three most recent minor releases, one or two minor releases per step: back up the database, then follow the upgrade guide of the target release.',
    risk: 'The instance is down during the upgrade, and a migrated database does not work with the previous release.',
    undo: 'Restore the backup of the database and the configuration with the previous release.',
    references: [
      'https://github.com/goharbor/harbor/blob/main/RELEASES.md',
      'https://goharbor.io/docs/2.13.0/administration/upgrade/',
    ],
  },
} satisfies Record<Failable['platform'], Fix>;
