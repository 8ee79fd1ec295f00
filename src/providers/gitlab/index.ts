import { defineProvider } from '../contract.ts';
import { commands } from './commands.ts';
import { fixes } from './fixes.ts';
import { leastPrivilege } from './least-privilege.ts';
import { open } from './open.ts';
import { operations } from './operations.ts';
import { gitlabOptions } from './options.ts';
import { outside } from './outside.ts';
import { provides } from './provides.ts';

/**
 * The container registry of GitLab.com or an instance of one's own: a group with all below it, or a project,
 * is the registry, and the repositories of its projects are the repositories.
 */
export const provider = defineProvider({
  id: 'gitlab',
  title: 'GitLab',
  addresses: [
    'gitlab',
    'gitlab://HOST',
    'gitlab://HOST/GROUP[/SUBGROUP]',
    'gitlab://HOST/GROUP/PROJECT',
  ],
  operations,
  provides,
  listing: ({ repository }) => [
    'getToken',
    'listGroups',
    'getGroup',
    'getProject',
    ...(repository.size > 0 ? (['listGroupRepositories', 'listProjectRepositories'] as const) : []),
  ],
  leastPrivilege,
  credentialVariables: ['GITLAB_', 'CI_'],
  credentialHosts: { vendor: ['gitlab.com'], variable: 'CI_SERVER_URL', addressIsHost: true },
  outside,
  permissionFile: 'least-privilege.json',
  options: gitlabOptions,
  open,
  fixes,
  commands,
});
