import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const platform = {
  'version-supported': {
    instead:
      'Upgrade to one of the three most recent minor releases, one or two minor releases at a step: back up the database, then follow the upgrade guide of the release you go to.',
    risk: 'The instance is down while it is upgraded, and a database that was migrated does not fit the former release.',
    undo: 'Restore the backup of the database and the configuration together with the former release.',
    references: [
      'https://github.com/goharbor/harbor/blob/main/RELEASES.md',
      'https://goharbor.io/docs/2.13.0/administration/upgrade/',
    ],
  },
} satisfies Record<Failable['platform'], Fix>;
