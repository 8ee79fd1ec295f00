import type { Fix } from '../../../model/fix.ts';
import type { Failable } from '../failable.ts';

const docs = 'https://docs.gitlab.com';

export const upstreams = {
  'upstream-scope-narrow': {
    console: 'Group > Settings > Packages and registries > Dependency proxy',
    instead:
      'The dependency proxy opens all of Docker Hub: switch it off, and keep approved base images in a project of your own.',
    risk: 'Pipelines that pull through the dependency proxy fail.',
    undo: 'Switch it on in the same place.',
    references: [`${docs}/user/packages/dependency_proxy/`],
  },
  'upstreams-approved': {
    command:
      'glab api --method PATCH virtual_registries/container/upstreams/<upstream id> -f url=https://<upstream>',
    console:
      'Group > Deploy > Virtual registry > (registry) > Upstreams; Group > Settings > Packages and registries > Dependency proxy',
    risk: 'Pulls through the virtual registry go to the new address.',
    undo: 'The same command with the former address.',
    references: [
      `${docs}/api/container_virtual_registries/`,
      `${docs}/user/packages/dependency_proxy/`,
    ],
  },
} satisfies Record<Failable['upstreams'], Fix>;
