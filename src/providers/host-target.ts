import { Type } from '../model/shape.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Registry, ScanContext, Target } from './contract.ts';

/** A product that people run themselves, so that its host is the name of the registry. */
export interface HostedProduct {
  /** The provider's id, which is also the scheme of its addresses. */
  readonly id: string;
  readonly title: string;
  /** The environment variable with its address; none: the host has to be named. */
  readonly variable?: string;
}

/** The registry's name, and where its API is reached, without a slash at its end. */
export interface HostTarget {
  readonly host: string;
  readonly base: string;
  /** What stands behind the host: `team` in `quay://quay.example.org/team`; empty: nothing. */
  readonly path: string;
}

/** The schema of `url`. `example`: an address of the product. */
export function urlOption(example: string) {
  return Type.Optional(
    Type.String({
      description:
        'Where the API is reached; else https:// and the address. Credentials go to http:// only where it is written here.',
      examples: [example],
      pattern: '^https?://[^/?#@\\s]+(/[^?#@\\s]*)?$',
    }),
  );
}

const hostForm = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/;

/**
 * Reads `ID://HOST[:PORT][/PATH]`, or `ID` with `url` or the product's variable. https, unless `url` says
 * otherwise. Throws `UsageError` when no host is named, or what is named is none.
 */
export function hostTarget(
  { address }: Target,
  { id, title, variable }: HostedProduct,
  url: string | undefined,
  environment: ScanContext['environment'],
): HostTarget {
  const [named = '', ...rest] = address.replace(/\/+$/, '').split('/');
  const host = named.toLowerCase();
  const path = rest.join('/');
  if (host !== '' && !hostForm.test(host)) {
    throw new UsageError(
      `${id}://${withoutCredentials(address)} is not an address of ${title}`,
      `write ${id}://HOST or ${id}://HOST:PORT; a path of the API goes into url: in the configuration`,
    );
  }
  const written =
    url ?? (host === '' && variable !== undefined ? environment[variable] : undefined);
  if (written === undefined || written === '') {
    if (host !== '') return { host, base: `https://${host}`, path };
    const from = variable === undefined ? '' : `, or ${variable}`;
    throw new UsageError(
      `no ${title} is named`,
      `write ${id}://HOST, url: in the configuration${from}`,
    );
  }
  const base = baseOf(written, id, title);
  return { host: host === '' ? new URL(base).host : host, base, path };
}

function baseOf(written: string, id: string, title: string): string {
  if (!URL.canParse(written) || !/^https?:$/.test(new URL(written).protocol)) {
    throw new UsageError(
      `"${withoutCredentials(written)}" is not an address of ${title}`,
      `it looks like https://${id}.example.org`,
    );
  }
  const { origin, pathname, username, password, search, hash } = new URL(written);
  if (`${username}${password}${search}${hash}` === '')
    return `${origin}${pathname.replace(/\/+$/, '')}`;
  throw new UsageError(
    `the address of ${title} has more than a host and a path`,
    'credentials come from the environment, a file or docker login',
  );
}

/** Addresses that do not parse may hold a password. */
function withoutCredentials(address: string): string {
  return address
    .replace(/\/\/[^/@]*@/, '//***@')
    .replace(/^[^/@]*@/, '***@')
    .slice(0, 100);
}

/** For targets that stand for one registry. */
export async function* oneRegistry(registry: Registry): AsyncGenerator<Registry> {
  yield registry;
}
