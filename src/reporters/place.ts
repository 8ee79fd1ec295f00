/** The account and the region that the id of a registry names; '' where it names none. */
export interface Place {
  /** AWS account, Azure subscription, Google project, namespace, organization or group. */
  readonly account: string;
  readonly region: string;
}

/** Where the id of a registry names its account: the number of the path segment after `provider://`. */
const accountAt: Readonly<Record<string, number>> = {
  acr: 0,
  'artifact-registry': 0,
  'docker-hub': 0,
  ecr: 0,
  ghcr: 0,
  gitlab: 1,
  quay: 1,
};

const regionAt: Readonly<Record<string, number>> = { 'artifact-registry': 1, ecr: 1 };

/** `ecr://123456789012/eu-west-1` → account 123456789012, region eu-west-1 */
export function placeOf(provider: string, registry: string): Place {
  const prefix = `${provider}://`;
  const path = registry.startsWith(prefix) ? registry.slice(prefix.length).split('/') : [];
  const [account, region] = [accountAt[provider], regionAt[provider]];
  return {
    account:
      account === undefined ? '' : path.slice(account, account === 0 ? 1 : undefined).join('/'),
    region: region === undefined ? '' : (path[region] ?? ''),
  };
}
