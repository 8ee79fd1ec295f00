import { UsageError } from '../../../model/usage-error.ts';
import type { ScanContext } from '../../contract.ts';
import type { GhcrOptions } from '../options.ts';

/** Where GitHub is reached; addresses without a slash at their end. */
export interface Place {
  /** The REST API. */
  readonly api: string;
  readonly graphql: string;
  readonly registry: string;
  /** GitHub Enterprise Server, which has no attestations and keeps its audit log for as long as it is told. */
  readonly isServer: boolean;
}

/**
 * `url`, else `GITHUB_API_URL`, else github.com. GitHub Enterprise Server has its REST API below `/api/v3` and its
 * registry at `containers.HOST`; a data residency has them at `api.NAME.ghe.com` and `containers.NAME.ghe.com`.
 * Throws `UsageError` for what is no address.
 */
export function placeOf(
  { url, registryEndpoint }: GhcrOptions,
  environment: ScanContext['environment'],
): Place {
  const variable = environment['GITHUB_API_URL'];
  const written = url ?? (variable === undefined || variable === '' ? cloud : variable);
  if (!/^https?:\/\/[^/?#@\s]+(\/[^?#@\s]*)?$/.test(written)) {
    throw new UsageError(
      'the address of GitHub is not one of a REST API',
      'url: and GITHUB_API_URL look like https://api.github.com or https://HOST/api/v3',
    );
  }
  const api = written.replace(/\/+$/, '');
  const { origin, host, pathname } = new URL(api);
  const isServer = /\/api\/v3$/.test(pathname);
  const registry = registryEndpoint ?? registryOf(host, isServer);
  return {
    api,
    graphql: isServer ? `${origin}/api/graphql` : `${api}/graphql`,
    registry: registry.replace(/\/+$/, ''),
    isServer,
  };
}

const cloud = 'https://api.github.com';

function registryOf(host: string, isServer: boolean): string {
  if (isServer) return `https://containers.${host}`;
  return host === 'api.github.com'
    ? 'https://ghcr.io'
    : `https://containers.${host.replace(/^api\./, '')}`;
}
