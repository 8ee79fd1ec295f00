import { defineProvider } from '../contract.ts';
import { commands } from './commands.ts';
import { fixes } from './fixes.ts';
import { leastPrivilege } from './least-privilege.ts';
import { open } from './open.ts';
import { operations } from './operations.ts';
import { nexusOptions } from './options.ts';
import { outside } from './outside.ts';
import { provides } from './provides.ts';

/** Nexus Repository 3: a server is the registry, its docker and oci repositories are the repositories. */
export const provider = defineProvider({
  id: 'nexus',
  title: 'Nexus Repository',
  addresses: ['nexus', 'nexus://HOST[:PORT][/CONTEXT]'],
  operations,
  provides,
  listing: ({ repository }) => [
    'getStatus',
    ...(repository.size > 0
      ? (['listRepositorySettings', 'listUsers', 'listRoles', 'listPrivileges'] as const)
      : []),
  ],
  leastPrivilege,
  credentialHosts: { vendor: [], variable: 'NEXUS_URL', addressIsHost: true },
  outside,
  permissionFile: 'least-privilege.json',
  options: nexusOptions,
  open,
  fixes,
  commands,
});
