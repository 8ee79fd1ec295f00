import type { Finding } from '../../model/finding.ts';

/** What a command needs to know of the registry it is for. */
export interface Place {
  /** By the names of placeholders. */
  readonly values: Readonly<Record<string, string | undefined>>;
  /** Lines to run before the first command for this registry. */
  readonly before: readonly string[];
  /** Why the catalogue's commands do not fit; null: they do. */
  readonly unfit: string | null;
}

type Parts = readonly (string | undefined)[];
type Reader = (parts: Parts, repository: string | undefined) => Place;

/** In: a finding. Out: where its fix is to be done, from its address. */
export function placeOf({ provider, registry, repository }: Finding): Place {
  const parts = registry.slice(`${provider}://`.length).split('/');
  const name = repository ?? undefined;
  const reader = Object.hasOwn(readers, provider) ? readers[provider] : undefined;
  return reader?.(parts, name) ?? plain({ repository: name });
}

const readers: Readonly<Record<string, Reader>> = {
  ecr: amazon,
  acr: ([registry], repository) => plain({ registry, repository }),
  'artifact-registry': ([project, location], repository) =>
    plain({ project, location, repository }),
  harbor: ([host], repository) => plain({ host, repository }),
  'docker-hub': ([namespace], repository) => plain({ namespace, repository }),
};

function plain(values: Place['values']): Place {
  return { values, before: [], unfit: null };
}

/** The commands name no region, so it stands above them; a foreign account must not be changed. */
function amazon([account = '', region = '']: Parts, repository: string | undefined): Place {
  const values = { account, region, repository, name: repository };
  if (!/^\d{12}$/.test(account) || !/^[a-z]{2}(?:-[a-z]+)+-\d$/.test(region)) {
    return { values, before: [], unfit: 'the commands are for private registries of a region' };
  }
  return { values, before: [`only_in ${account}`, `export AWS_REGION=${region}`], unfit: null };
}

/** What the lines of `before` call, by provider. */
export const definitions: Readonly<Record<string, string | undefined>> = {
  ecr: `
# Ends the script before a command reaches another account than the one that was audited.
only_in() {
  [ "$(aws sts get-caller-identity --query Account --output text)" = "$1" ] && return
  echo "these are not credentials of the account $1" >&2
  exit 1
}
`,
};
