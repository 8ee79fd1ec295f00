import type { CommandPlace, Commands } from '../../model/commands.ts';

/** The commands name the host themselves; curl asks for the password of the administrator. */
export const commands: Commands = { place, definitions: '' };

const address = /^harbor:\/\/([a-z0-9.-]+(?::\d+)?)$/i;

function place(registry: string, repository: string | null): CommandPlace {
  const [, host] = address.exec(registry) ?? [];
  if (host === undefined)
    return { values: {}, before: [], unfit: 'the commands are for a host of Harbor' };
  return {
    // What is judged of Harbor are projects; the repositories inside of them are not named.
    values: { host, project: repository ?? undefined },
    variables: { administrator: 'HARBOR_ADMINISTRATOR' },
    before: [': "$HARBOR_ADMINISTRATOR" # the user name of an administrator, from the environment'],
    unfit: null,
  };
}
