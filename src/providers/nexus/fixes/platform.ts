import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const platform = {
  'version-supported': {
    instead:
      'Upgrade to a current release: back up the database and the blob stores, then follow the upgrade guide of the release you go to.',
    risk: 'The server is down while it is upgraded, and a database that was migrated does not fit the former release.',
    undo: 'Restore the backup together with the former release.',
    references: [
      'https://help.sonatype.com/en/sonatype-nexus-repository-3-versions-status.html',
      'https://help.sonatype.com/en/upgrading-nexus-repository.html',
    ],
  },
} satisfies Record<Failable['platform'], Fix>;
