import type { Cloud, Place } from '../model/place.ts';

/** How the id of a registry tells where it is: the numbers of path segments after `provider://`. */
interface Form {
  readonly account: number;
  readonly region?: number;
  readonly cloud?: Cloud;
}

/** Ids of other providers name a host alone. */
const forms: Readonly<Record<string, Form>> = {
  acr: { account: 0, cloud: 'azure' },
  'artifact-registry': { account: 0, region: 1, cloud: 'gcp' },
  'docker-hub': { account: 0 },
  ecr: { account: 0, region: 1, cloud: 'aws' },
  ghcr: { account: 0 },
  gitlab: { account: 1 },
  quay: { account: 1 },
};

/** `ecr://123456789012/eu-west-1` → account 123456789012, region eu-west-1, cloud aws */
export function placeOf(provider: string, registry: string): Place {
  const form = forms[provider];
  const prefix = `${provider}://`;
  if (form === undefined || !registry.startsWith(prefix)) return {};
  const path = registry.slice(prefix.length).split('/');
  // Groups are nested: after a host, the rest of the path is the account.
  const account = path.slice(form.account, form.account === 0 ? 1 : undefined).join('/');
  const region = form.region === undefined ? undefined : path[form.region];
  return {
    ...(account === '' ? {} : { account }),
    ...(region === undefined ? {} : { region }),
    ...(form.cloud === undefined ? {} : { cloud: form.cloud }),
  };
}
