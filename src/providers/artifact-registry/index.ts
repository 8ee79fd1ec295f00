import { defineProvider } from '../contract.ts';
import { commands } from './commands.ts';
import { fixes } from './fixes.ts';
import { leastPrivilege } from './least-privilege.ts';
import { open } from './open.ts';
import { operations } from './operations.ts';
import { artifactRegistryOptions } from './options.ts';
import { outside } from './outside.ts';
import { provides } from './provides.ts';

/** Google Artifact Registry: the container repositories of a project in one location. */
export const provider = defineProvider({
  id: 'artifact-registry',
  title: 'Google Artifact Registry',
  addresses: [
    'artifact-registry',
    'artifact-registry://PROJECT',
    'artifact-registry://PROJECT/LOCATION',
    'artifact-registry://organizations/NUMBER',
    'artifact-registry://folders/NUMBER',
  ],
  operations,
  provides,
  listing: () => [
    'ExchangeToken',
    'GetProject',
    'SearchAllResources',
    'ListLocations',
    'ListRepositories',
  ],
  leastPrivilege,
  credentialHosts: { vendor: ['googleapis.com', 'pkg.dev', 'gcr.io'], addressIsHost: false },
  permissionFile: 'least-privilege.yaml',
  options: artifactRegistryOptions,
  open,
  outside,
  fixes,
  commands,
});
