import { defineProvider } from '../contract.ts';
import { jsonDocument, permissionsOf } from '../permissions.ts';
import { fixes } from './fixes.ts';
import { open } from './open.ts';
import { operations } from './operations.ts';
import { quayOptions } from './options.ts';
import { provides } from './provides.ts';

/** Quay: say what a registry and what a repository is here. */
export const provider = defineProvider({
  id: 'quay',
  title: 'Quay',
  addresses: ['quay://HOST[:PORT]'],
  operations,
  provides,
  listing: () => ['listRepositories'],
  leastPrivilege: (names) => jsonDocument({ permissions: permissionsOf(operations, names) }),
  credentialHosts: { vendor: [], variable: 'QUAY_URL', addressIsHost: true },
  permissionFile: 'least-privilege.json',
  options: quayOptions,
  open,
  fixes,
});
