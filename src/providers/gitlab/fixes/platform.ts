import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const docs = 'https://docs.gitlab.com';

export const platform = {
  'edge-registries-hardened': {
    instead:
      'let clients reach the registry of no secondary site of Geo but in a disaster: it takes pushes that no other site gets',
    risk: 'Whoever pulled there has to pull from the primary site.',
    undo: 'Let them reach it again.',
    references: ['https://docs.gitlab.com/administration/geo/replication/container_registry/'],
  },
  'version-supported': {
    instead:
      'Upgrade to the stable release or one of the two before it, along the upgrade path and its required stops: back up first.',
    risk: 'The instance may be down while it is upgraded, and a database that was migrated does not fit the former release.',
    undo: 'Restore the backup together with the former release.',
    references: [`${docs}/policy/maintenance/`, `${docs}/update/upgrade_paths/`],
  },
} satisfies Record<Failable['platform'], Fix>;
