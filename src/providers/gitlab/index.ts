import { defineProvider } from '../contract.ts';
import { jsonDocument, permissionsOf } from '../permissions.ts';
import { fixes } from './fixes.ts';
import { open } from './open.ts';
import { operations } from './operations.ts';
import { gitlabOptions } from './options.ts';
import { provides } from './provides.ts';

/** Gitlab: say what a registry and what a repository is here. */
export const provider = defineProvider({
  id: 'gitlab',
  title: 'Gitlab',
  addresses: ['gitlab://HOST[:PORT]'],
  operations,
  provides,
  listing: () => ['listRepositories'],
  leastPrivilege: (names) => jsonDocument({ permissions: permissionsOf(operations, names) }),
  credentialHosts: { vendor: [], variable: 'GITLAB_URL', addressIsHost: true },
  permissionFile: 'least-privilege.json',
  options: gitlabOptions,
  open,
  fixes,
});
