import { defineProvider } from '../contract.ts';
import { jsonDocument, permissionsOf } from '../permissions.ts';
import { fixes } from './fixes.ts';
import { open } from './open.ts';
import { operations } from './operations.ts';
import { ociOptions } from './options.ts';
import { provides } from './provides.ts';

/** Oci: say what a registry and what a repository is here. */
export const provider = defineProvider({
  id: 'oci',
  title: 'Oci',
  addresses: ['oci://HOST[:PORT]'],
  operations,
  provides,
  listing: () => ['listRepositories'],
  leastPrivilege: (names) => jsonDocument({ permissions: permissionsOf(operations, names) }),
  credentialHosts: { vendor: [], variable: 'OCI_URL', addressIsHost: true },
  permissionFile: 'least-privilege.json',
  options: ociOptions,
  open,
  fixes,
});
