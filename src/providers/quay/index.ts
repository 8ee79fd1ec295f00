import { defineProvider } from '../contract.ts';
import { commands } from './commands.ts';
import { fixes } from './fixes.ts';
import { leastPrivilege } from './least-privilege.ts';
import { open } from './open.ts';
import { operations } from './operations.ts';
import { quayOptions } from './options.ts';
import { outside } from './outside.ts';
import { provides } from './provides.ts';

/** Quay, quay.io and one's own: each namespace is a registry. */
export const provider = defineProvider({
  id: 'quay',
  title: 'Quay',
  addresses: ['quay', 'quay://HOST[/NAMESPACE[/REPOSITORY]]'],
  operations,
  provides,
  listing: ({ repository }) => [
    'getOrganizationMembers',
    'getOrganization',
    'getUserInformation',
    'listAllOrganizations',
    'listAllUsers',
    'getLoggedInUser',
    'listRepos',
    ...(repository.size > 0 ? (['listAllAppTokens'] as const) : []),
  ],
  leastPrivilege,
  credentialHosts: { vendor: ['quay.io'], variable: 'QUAY_URL', addressIsHost: true },
  outside,
  permissionFile: 'least-privilege.json',
  options: quayOptions,
  open,
  fixes,
  commands,
});
