import type { CommandPlace, Commands } from '../../model/commands.ts';

/** glab calls the host in GITLAB_HOST, with what `glab auth login` left for it. */
export const commands: Commands = { place, definitions: '' };

const address = /^gitlab:\/\/([a-z0-9.-]+(?::\d+)?)(?:\/([a-z0-9._/-]+))?$/i;

function place(registry: string, repository: string | null): CommandPlace {
  const [, host, group] = address.exec(registry) ?? [];
  if (host === undefined)
    return { values: {}, before: [], unfit: 'the commands are for a host of GitLab' };
  return {
    values: {
      // The API takes the path of a group or project as one encoded segment.
      group: group === undefined ? undefined : encodeURIComponent(group),
      project: repository === null ? undefined : encodeURIComponent(repository),
      repository: repository ?? undefined,
    },
    before: [`export GITLAB_HOST=${host}`],
    unfit: null,
  };
}
