import { variablePrefix } from '../config/entry-problems.ts';
import { hasDockerCredentials } from '../http/docker-credentials.ts';
import { isLoopback } from '../http/target.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Provider, Target } from '../providers/contract.ts';
import { resolveAddress } from './registry-address.ts';

export interface HostOptions {
  /** The configuration that was found, not named. */
  readonly found: string;
  /** The targets of the command line. */
  readonly named: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Throws `UsageError` if a configuration that was only found sends credentials to a host of its own choice. Hosts
 * of the vendor, hosts in Docker's configuration, and hosts that the command line or the product's variable names
 * belong to their credentials.
 */
export async function refuseForeignHosts(
  target: Target,
  { id, credentialHosts, credentialVariables = [variablePrefix(id)] }: Provider,
  { found, named, environment }: HostOptions,
): Promise<void> {
  const { vendor, rented = [], variable, addressIsHost, byAddress } = credentialHosts;
  // Docker's store has credentials for a host; those of the environment are for another one.
  const own = Object.entries(environment).some(
    ([name, value]) =>
      value !== undefined &&
      value !== '' &&
      /_(?:PASSWORD|TOKEN|SECRET)(?:_FILE)?$/.test(name) &&
      [...credentialVariables, 'REGAUDIT_'].some((prefix) => name.startsWith(prefix)),
  );
  const chosen = Object.keys(target.options).some((key) => /(?:Env|File)$/.test(key));
  const byVariable = variable === undefined ? undefined : environment[variable];
  refuseClearText(target, byVariable, found);
  for (const host of hostsOf(target, addressIsHost)) {
    const below = vendor.some((domain) => host === domain || host.endsWith(`.${domain}`));
    if (below && !rentedHost(host, rented)) continue;
    if (byVariable !== undefined && hostIn(byVariable) === host) continue;
    if (
      addressIsHost &&
      named.some(
        (one) => hostIn(`https://${resolveAddress(one).target.split('://')[1] ?? ''}`) === host,
      )
    )
      continue;
    // Stored credentials must be those of the host that gets them.
    const lookedUp = addressIsHost && (byAddress !== true || hostIn(target.address) === host);
    if (lookedUp && !own && !chosen && (await hasDockerCredentials(host, environment))) continue;
    const other = variable === undefined ? '' : `, or set ${variable} to its address`;
    throw new UsageError(
      `${found} was found, not named, and would send the credentials of ${target.provider} to ${host}`,
      `read it, then name it: -c ${found}${other}`,
    );
  }
}

/** Throws `UsageError` if a found configuration asks for plain HTTP to another machine; the variable may. */
function refuseClearText(
  { provider, options }: Target,
  byVariable: string | undefined,
  found: string,
): void {
  for (const value of Object.values(options)) {
    if (typeof value !== 'string' || !/^http:\/\//i.test(value)) continue;
    if (byVariable === value || (URL.canParse(value) && isLoopback(new URL(value)))) continue;
    throw new UsageError(
      `${found} was found, not named, and would send the credentials of ${provider} over plain HTTP to ${hostIn(value)}`,
      `read it, then name it: -c ${found}`,
    );
  }
}

/** `s3-eu-west-1` is a label of S3 too. */
function rentedHost(host: string, rented: readonly string[]): boolean {
  return host
    .split('.')
    .some((label) => rented.some((one) => label === one || label.startsWith(`${one}-`)));
}

/** Every host that the options of an entry, else its address, name. */
export function hostsOf({ address, options }: Target, addressIsHost: boolean): readonly string[] {
  const named = Object.entries(options).flatMap(([key, value]) =>
    /(?:url|endpoint|authority|realm)$/i.test(key) && typeof value === 'string'
      ? [hostIn(value)]
      : [],
  );
  if (!addressIsHost || address === '' || typeof options['url'] === 'string') return named;
  return [...named, hostIn(`https://${address}`)];
}

/** In: an address, or `host:port`. An address that cannot be parsed is a host that nobody named. */
function hostIn(address: string): string {
  const url = address.includes('://') ? address : `https://${address}`;
  return URL.canParse(url) ? new URL(url).host : address;
}
