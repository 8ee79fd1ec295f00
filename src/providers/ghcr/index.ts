import { defineProvider } from '../contract.ts';
import { commands } from './commands.ts';
import { fixes } from './fixes.ts';
import { leastPrivilege } from './least-privilege.ts';
import { open } from './open.ts';
import { operations } from './operations.ts';
import { ghcrOptions } from './options.ts';
import { outside } from './outside.ts';
import { provides } from './provides.ts';

/** GitHub Container Registry: an organization or user is the registry, its packages are the repositories. */
export const provider = defineProvider({
  id: 'ghcr',
  title: 'GitHub Container Registry',
  addresses: ['ghcr', 'ghcr://OWNER', 'ghcr://OWNER/PACKAGE', 'ghcr://enterprise/NAME'],
  operations,
  provides,
  listing: ({ repository }) => [
    'getOwner',
    'listOrganizations',
    'getInstallation',
    'issueInstallationToken',
    ...(repository.size > 0
      ? (['listPackages', 'getCaller', 'listOwners', 'getOrganization'] as const)
      : []),
  ],
  leastPrivilege,
  credentialVariables: ['GITHUB_', 'GH_', 'GHCR_'],
  credentialHosts: {
    vendor: ['github.com', 'ghcr.io', 'ghe.com'],
    variable: 'GITHUB_API_URL',
    addressIsHost: false,
  },
  outside,
  permissionFile: 'least-privilege.json',
  commands,
  options: ghcrOptions,
  open,
  fixes,
});
