import { defineProvider } from '../contract.ts';
import { commands } from './commands.ts';
import { fixes } from './fixes.ts';
import { leastPrivilege } from './least-privilege.ts';
import { open } from './open.ts';
import { operations } from './operations.ts';
import { ociOptions } from './options.ts';
import { provides } from './provides.ts';

/** Any registry that speaks the distribution API, judged by what it shows from outside. */
export const provider = defineProvider({
  id: 'oci',
  title: 'Any OCI registry',
  addresses: ['oci://HOST[:PORT]', 'oci://HOST[:PORT]/REPOSITORY'],
  operations,
  provides,
  listing: ({ repository }) => [
    'ping',
    'signIn',
    'getToken',
    ...(repository.size > 0 ? (['listRepositories', 'discoverExtensions'] as const) : []),
  ],
  leastPrivilege,
  credentialHosts: { vendor: [], variable: 'OCI_URL', addressIsHost: true, byAddress: true },
  permissionFile: 'least-privilege.json',
  options: ociOptions,
  open,
  fixes,
  commands,
});
