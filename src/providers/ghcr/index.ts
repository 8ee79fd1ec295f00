import { defineProvider } from '../contract.ts';
import { jsonDocument, permissionsOf } from '../permissions.ts';
import { fixes } from './fixes.ts';
import { open } from './open.ts';
import { operations } from './operations.ts';
import { ghcrOptions } from './options.ts';
import { provides } from './provides.ts';

/** Ghcr: say what a registry and what a repository is here. */
export const provider = defineProvider({
  id: 'ghcr',
  title: 'Ghcr',
  addresses: ['ghcr://HOST[:PORT]'],
  operations,
  provides,
  listing: () => ['listRepositories'],
  leastPrivilege: (names) => jsonDocument({ permissions: permissionsOf(operations, names) }),
  credentialHosts: { vendor: [], variable: 'GHCR_URL', addressIsHost: true },
  permissionFile: 'least-privilege.json',
  options: ghcrOptions,
  open,
  fixes,
});
