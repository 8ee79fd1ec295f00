import type { CommandPlace, Commands } from '../../model/commands.ts';

/** The commands of gh name the owner themselves, and sign in with what `gh auth login` left. */
export const commands: Commands = { place, definitions: '' };

const address = /^ghcr:\/\/([a-z0-9][a-z0-9_-]*)$/;

function place(registry: string, repository: string | null): CommandPlace {
  const [, owner] = address.exec(registry) ?? [];
  if (owner === undefined) {
    return { values: {}, before: [], unfit: 'the commands are for an owner on GitHub' };
  }
  const name = repository ?? undefined;
  return { values: { owner, name, repository: name }, before: [], unfit: null };
}
