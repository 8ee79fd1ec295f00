import type { CommandPlace, Commands } from '../../model/commands.ts';

/** gcloud works in the project of CLOUDSDK_CORE_PROJECT, whatever it is set to. */
export const commands: Commands = { place, definitions: '' };

const address = /^artifact-registry:\/\/([a-z][a-z0-9-]*)\/([a-z0-9-]+)$/;

function place(registry: string, repository: string | null): CommandPlace {
  const [, project, location] = address.exec(registry) ?? [];
  if (project === undefined || location === undefined) {
    const unfit = 'the commands are for a location of a project that could be read';
    return { values: {}, before: [], unfit };
  }
  return {
    values: { project, location, repository: repository ?? undefined },
    before: [`export CLOUDSDK_CORE_PROJECT=${project}`],
    unfit: null,
  };
}
