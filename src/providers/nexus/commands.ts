import type { CommandPlace, Commands } from '../../model/commands.ts';

/** The commands name the host themselves; curl asks for the password of the administrator. */
export const commands: Commands = { place, definitions: '' };

const address = /^nexus:\/\/([a-z0-9.-]+(?::\d+)?(?:\/[a-z0-9._-]+)*)$/i;

function place(registry: string, repository: string | null): CommandPlace {
  const [, host] = address.exec(registry) ?? [];
  if (host === undefined)
    return { values: {}, before: [], unfit: 'the commands are for a host of Nexus Repository' };
  return {
    values: { host, repository: repository ?? undefined },
    variables: { administrator: 'NEXUS_ADMINISTRATOR' },
    before: [': "$NEXUS_ADMINISTRATOR" # the user name of an administrator, from the environment'],
    unfit: null,
  };
}
