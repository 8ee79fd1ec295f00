import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

export const platform = {
  'defaults-hardened': {
    console:
      'Docker Hub > My Hub > (organization) > Settings > Default privacy: Private, and Disable public repositories',
    instead:
      'no API tells these settings, and every repository starts with tags that can be moved: create repositories by Terraform or a pipeline',
    risk: 'Members can no longer make public repositories.',
    undo: 'Select the old setting in the same place.',
    references: ['https://docs.docker.com/docker-hub/settings/'],
  },
} satisfies Record<Failable['platform'], Fix>;
