import type { CommandPlace, Commands } from '../../model/commands.ts';

/** The commands name the host themselves, and sign in with what `docker login` left. */
export const commands: Commands = { place, definitions: '' };

const address = /^oci:\/\/([a-z0-9.-]+(?::\d+)?)$/i;

function place(registry: string, repository: string | null): CommandPlace {
  const [, host] = address.exec(registry) ?? [];
  if (host === undefined)
    return { values: {}, before: [], unfit: 'the commands are for a host of an OCI registry' };
  return { values: { host, repository: repository ?? undefined }, before: [], unfit: null };
}
