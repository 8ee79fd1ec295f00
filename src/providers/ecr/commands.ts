import type { CommandPlace, Commands } from '../../model/commands.ts';

/** The AWS CLI's commands name no region, so it stands above them; a foreign account must not change. */
export const commands: Commands = {
  place,
  definitions: `
# Ends the script before a command reaches another account than the one that was audited.
only_in() {
  [ "$(aws sts get-caller-identity --query Account --output text)" = "$1" ] && return
  echo "these are not credentials of the account $1" >&2
  exit 1
}
`,
};

const address = /^ecr:\/\/(\d{12})\/([a-z]{2}(?:-[a-z]+)+-\d)$/;

const publicAddress = /^ecr:\/\/\d{12}\/public$/;
const instead =
  'Amazon ECR > Public registry > Repositories > (repository); anybody can pull what is there, so what not everybody may have belongs in a private repository';

function place(registry: string, repository: string | null): CommandPlace {
  const [, account, region] = address.exec(registry) ?? [];
  if (publicAddress.test(registry))
    return { values: {}, before: [], unfit: 'the commands are for private registries', instead };
  if (account === undefined || region === undefined) {
    const unfit = 'the commands are for private registries';
    return { values: {}, before: [], unfit };
  }
  const name = repository ?? undefined;
  return {
    values: { account, region, name, repository: name },
    before: [`only_in ${account}`, `export AWS_REGION=${region}`],
    unfit: null,
  };
}
