import type { CommandPlace, Commands } from '../../model/commands.ts';

/** The commands name the host themselves; an OAuth access token signs them in. */
export const commands: Commands = { place, definitions: '' };

const address = /^quay:\/\/([a-z0-9.-]+(?::\d+)?)\/([a-z0-9._-]+)$/i;

function place(registry: string, repository: string | null): CommandPlace {
  const [, host, namespace] = address.exec(registry) ?? [];
  if (host === undefined || namespace === undefined)
    return { values: {}, before: [], unfit: 'the commands are for an organization of Quay' };
  return {
    values: { host, namespace, organization: namespace, repository: repository ?? undefined },
    variables: { token: 'QUAY_ADMIN_TOKEN' },
    before: [
      ': "$QUAY_ADMIN_TOKEN" # an OAuth access token that may administer, from the environment',
    ],
    unfit: null,
  };
}
