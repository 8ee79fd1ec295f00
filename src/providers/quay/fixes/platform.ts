import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';
import { guides, setting } from './pages.ts';

export const platform = {
  'defaults-hardened': {
    ...setting(
      'CREATE_PRIVATE_REPO_ON_PUSH: true, FEATURE_SECURITY_SCANNER: true and FEATURE_IMMUTABLE_TAGS: true',
    ),
    console: '(organization) > Settings > Immutability Policies: one for .*',
    risk: 'Pipelines that count on public repositories or on moving tags fail.',
    references: [guides.configuring],
  },
  'version-supported': {
    instead: 'Upgrade to a maintained release, with the operator or as the guide says.',
    risk: 'The database is migrated: back it up first.',
    undo: 'Restore the backup; there is no way back for a migrated database.',
    references: [guides.upgrading, 'https://access.redhat.com/support/policy/updates/rhquay/'],
  },
} satisfies Record<Failable['platform'], Fix>;
