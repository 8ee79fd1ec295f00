import type { CommandPlace, Commands } from '../../model/commands.ts';

/** The commands of Docker name the namespace themselves, and sign in with what `docker login` left. */
export const commands: Commands = { place, definitions: '' };

const address = /^docker-hub:\/\/([a-z0-9][a-z0-9._-]*)$/;

function place(registry: string, repository: string | null): CommandPlace {
  const [, namespace] = address.exec(registry) ?? [];
  if (namespace === undefined) {
    return { values: {}, before: [], unfit: 'the commands are for a namespace of Docker Hub' };
  }
  const name = repository ?? undefined;
  return { values: { namespace, name, repository: name }, before: [], unfit: null };
}
