import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const docs = 'https://docs.gitlab.com';

export const platform = {
  'version-supported': {
    instead:
      'Upgrade to the stable release or one of the two before it, along the upgrade path and its required stops: back up first.',
    risk: 'The instance may be down while it is upgraded, and a database that was migrated does not fit the former release.',
    undo: 'Restore the backup together with the former release.',
    references: [`${docs}/policy/maintenance/`, `${docs}/update/upgrade_paths/`],
  },
} satisfies Record<Failable['platform'], Fix>;
