import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const platform = {
  'legacy-storage-private': {
    command: 'gh api -X DELETE orgs/<owner>/packages/docker/<package>',
    console:
      'GitHub > (organization) > Packages > (package of docker.pkg.github.com) > Package settings > Delete this package',
    risk: 'Whoever still pulls the old name is cut off.',
    undo: 'gh api -X POST orgs/<owner>/packages/docker/<package>/restore within 30 days',
    references: [
      'https://docs.github.com/en/packages/working-with-a-github-packages-registry/migrating-to-the-container-registry-from-the-docker-registry',
    ],
  },
} satisfies Record<Failable['platform'], Fix>;
