import { httpClient } from '../../../http/client.ts';
import { bearerOf } from '../../../http/credential-source.ts';
import { type Authorize, type HttpClient, HttpError } from '../../../http/http.ts';
import { reveal, type Secret, secret } from '../../../http/secret.ts';
import { bearerAuthorizer } from '../../../oci/bearer.ts';
import { countedSettings } from '../../http-api.ts';
import type { OperationName } from '../operations.ts';

export interface ClientsInput {
  /** For whom the calls count, in progress reports. */
  readonly registry: string;
  /** Where the API is reached, without a slash at its end. */
  readonly base: string;
  /** Where the registry is reached, whatever host GitLab names. */
  readonly registryUrl: string | undefined;
  readonly token: Secret;
  readonly context: Parameters<typeof countedSettings>[0];
}

/** The services of one instance: its API, and the registry at the host that its API names. */
export interface Clients {
  readonly api: HttpClient;
  readonly registryAt: (host: string) => Pick<HttpClient, 'send'>;
  /** Where clients reach the registry at this host: `https://registry.gitlab.com`. */
  readonly registryBase: (host: string) => string;
  readonly calls: () => number;
  readonly close: () => Promise<void>;
}

/**
 * The token goes to the API and its token service alone; the registry gets what the token service issues:
 * leave to pull from one repository, for some minutes.
 */
export function clientsFor(input: ClientsInput): Clients {
  const { registry, base, registryUrl, token, context } = input;
  const { settingsFor, calls } = countedSettings(context, registry);
  const credential = bearerOf(token);
  // A token that was refused is not sent again: GitLab bans an address after some failures.
  const api = httpClient({
    ...settingsFor(base),
    authorize: async (_request, again) => (again ? null : credential),
  });
  const registries = new Map<string, HttpClient>();
  const registryBase = (host: string) => registryUrl ?? `https://${host}`;
  const registryAt = (host: string): HttpClient => {
    const known = registries.get(host);
    if (known !== undefined) return known;
    const settings = settingsFor(registryBase(host));
    const client = httpClient({
      ...settings,
      authorize: withoutPasswords(
        bearerAuthorizer({
          // A token service must belong to GitLab itself: the registry's host comes from a response.
          settings: settingsFor(base),
          // GitLab ignores the name beside an access token, and takes an OAuth token under this one.
          credentials: async () => ({
            kind: 'password',
            username: secret('oauth2'),
            password: token,
          }),
          realms: [],
          operation: 'getRegistryToken' satisfies OperationName,
        }),
        host,
      ),
    });
    registries.set(host, client);
    return client;
  };
  return {
    api,
    registryAt,
    registryBase,
    calls,
    close: async () => {
      await Promise.all([api, ...registries.values()].map((client) => client.close()));
    },
  };
}

/** The host of the registry comes from an answer, so that it never gets the token itself. */
function withoutPasswords(authorize: Authorize, host: string): Authorize {
  const guarded: Authorize = async (...of) => {
    const credential = await authorize(...of);
    if (credential === null || !reveal(credential).startsWith('Basic ')) return credential;
    throw new HttpError('credentials', `${host} asks for the access token itself, and gets none`);
  };
  return Object.assign(guarded, authorize.close === undefined ? {} : { close: authorize.close });
}
