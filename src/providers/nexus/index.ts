import { defineProvider } from '../contract.ts';
import { jsonDocument, permissionsOf } from '../permissions.ts';
import { fixes } from './fixes.ts';
import { open } from './open.ts';
import { operations } from './operations.ts';
import { nexusOptions } from './options.ts';
import { provides } from './provides.ts';

/** Nexus: say what a registry and what a repository is here. */
export const provider = defineProvider({
  id: 'nexus',
  title: 'Nexus',
  addresses: ['nexus://HOST[:PORT]'],
  operations,
  provides,
  listing: () => ['listRepositories'],
  leastPrivilege: (names) => jsonDocument({ permissions: permissionsOf(operations, names) }),
  credentialHosts: { vendor: [], variable: 'NEXUS_URL', addressIsHost: true },
  permissionFile: 'least-privilege.json',
  options: nexusOptions,
  open,
  fixes,
});
