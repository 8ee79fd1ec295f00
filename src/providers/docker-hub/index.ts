import { defineProvider } from '../contract.ts';
import { commands } from './commands.ts';
import { fixes } from './fixes.ts';
import { leastPrivilege } from './least-privilege.ts';
import { open } from './open.ts';
import { operations } from './operations.ts';
import { dockerHubOptions } from './options.ts';
import { outside } from './outside.ts';
import { provides } from './provides.ts';

/** Docker Hub: the repositories of an organization or of an account. */
export const provider = defineProvider({
  id: 'docker-hub',
  title: 'Docker Hub',
  addresses: ['docker-hub://NAMESPACE'],
  operations,
  provides,
  listing: ({ repository }) => [
    'AuthCreateAccessToken',
    ...(repository.size > 0 ? (['ListRepositories', 'ListMemberships'] as const) : []),
  ],
  leastPrivilege,
  credentialHosts: { vendor: ['docker.com', 'docker.io'], addressIsHost: false },
  credentialVariables: ['DOCKER_', 'DOCKERHUB_'],
  permissionFile: 'least-privilege.json',
  commands,
  options: dockerHubOptions,
  open,
  outside,
  fixes,
});
