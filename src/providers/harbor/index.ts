import { defineProvider } from '../contract.ts';
import { commands } from './commands.ts';
import { fixes } from './fixes.ts';
import { leastPrivilege } from './least-privilege.ts';
import { open } from './open.ts';
import { operations } from './operations.ts';
import { harborOptions } from './options.ts';
import { outside } from './outside.ts';
import { provides } from './provides.ts';

/** Harbor, from release 2.13 on: an instance is the registry, its projects are the repositories. */
export const provider = defineProvider({
  id: 'harbor',
  title: 'Harbor',
  addresses: ['harbor', 'harbor://HOST[:PORT]'],
  operations,
  provides,
  listing: ({ repository }) => [
    'getCurrentUserInfo',
    ...(repository.size > 0 ? (['listProjects', 'ListRobot'] as const) : []),
  ],
  leastPrivilege,
  credentialHosts: { vendor: [], variable: 'HARBOR_URL', addressIsHost: true },
  permissionFile: 'least-privilege.json',
  options: harborOptions,
  open,
  outside,
  fixes,
  commands,
});
