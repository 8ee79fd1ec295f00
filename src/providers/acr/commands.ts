import type { CommandPlace, Commands } from '../../model/commands.ts';

/** The Azure CLI works in the subscription it is set to; another one must not change. */
export const commands: Commands = {
  place,
  definitions: `
# Ends the script before a command reaches another subscription than the one that was audited.
only_in_subscription() {
  [ "$(az account show --query id --output tsv)" = "$1" ] && return
  echo "the Azure CLI is not set to the subscription $1" >&2
  exit 1
}
`,
};

const address = /^acr:\/\/([0-9a-f-]{36})\/([^/]+)\/([A-Za-z0-9-]+)$/;

function place(registry: string, repository: string | null): CommandPlace {
  const [, subscription, group, name] = address.exec(registry) ?? [];
  if (subscription === undefined || group === undefined || name === undefined) {
    const unfit = 'the commands are for registries that could be read';
    return { values: {}, before: [], unfit };
  }
  const id = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.ContainerRegistry/registries/${name}`;
  return {
    values: {
      registry: name,
      group,
      'registry id': id,
      repository: repository ?? undefined,
    },
    before: [`only_in_subscription ${subscription}`],
    unfit: null,
  };
}
