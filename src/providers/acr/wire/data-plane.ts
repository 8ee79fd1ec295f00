import type { TokenCredential } from '@azure/core-auth';
import { maybeObjects, maybeStrings, objectOf, stringAt } from '../../../decode/fields.ts';
import { httpClient } from '../../../http/client.ts';
import type { RegistryCredentials } from '../../../http/docker-credentials.ts';
import type { HttpClient, HttpRequest, HttpSettings } from '../../../http/http.ts';
import { linkedPages } from '../../../http/links.ts';
import { once } from '../../../http/once.ts';
import { secret } from '../../../http/secret.ts';
import { bearerAuthorizer } from '../../../oci/bearer.ts';
import type { ScanContext } from '../../contract.ts';
import { countedSettings, type HttpApi, httpApi } from '../../http-api.ts';
import { type DataOperation, dataOperations, type OperationName } from '../operations.ts';
import { type Cloud, registryAddress, registryScope } from './cloud.ts';
import { acrErrors, ForeignHost } from './errors.ts';

/** The registry's own API: its repositories, tags, manifests and their locks. */
export interface DataPlane {
  /**
   * Rejects with `HttpError`; with `ForeignHost` when the login server is no host of the cloud, for
   * then no token is sent there.
   */
  readonly send: HttpClient['send'];
  /** An entry of a listing is the answer of a page. */
  readonly api: HttpApi<DataOperation>;
  readonly calls: () => number;
  readonly close: () => Promise<void>;
}

export interface DataPlaneOptions {
  readonly registry: string;
  readonly cloud: Cloud;
  readonly loginServer: string;
  /** Whether a token can be had for all repositories at once; not where roles are limited to some. */
  readonly wide: boolean;
  readonly credential: () => Promise<TokenCredential>;
  readonly context: ScanContext;
}

/** In: a registry as Resource Manager described it. Out: its data plane; nothing is called yet. */
export function dataPlane(options: DataPlaneOptions): DataPlane {
  const { cloud, loginServer } = options;
  const base = registryAddress(cloud, loginServer);
  const { settingsFor, calls } = countedSettings(options.context, options.registry);
  const client = base === null ? null : signedIn(options, settingsFor(base));
  const trusted = (): HttpClient => {
    if (client !== null) return client;
    throw new ForeignHost(
      `the login server ${loginServer.slice(0, 100)} is not below ${cloud.registrySuffix.slice(1)}, so no token is sent there`,
    );
  };
  const send: HttpClient['send'] = async (request) => trusted().send(request);
  return {
    send,
    api: httpApi({
      client: { send },
      operations: dataOperations,
      paging: (client, request) =>
        linkedPages(client, request, (answer) => [answer.json()], {
          sizeOf: ([page]) => entriesOf(page).length,
          further: afterLast,
        }),
      errors: acrErrors,
    }),
    calls,
    close: async () => client?.close(),
  };
}

/** The names on a page of repositories or tags. */
function entriesOf(page: unknown): readonly string[] {
  const answer = objectOf(page, 'the answer');
  return answer['tags'] === undefined
    ? maybeStrings(answer, 'repositories')
    : maybeObjects(answer, 'tags').map((tag) => stringAt(tag, 'name'));
}

/** `last` is the name after which a page begins (Azure Container Registry, Repository and Tag lists). */
function afterLast(page: URL, [answer]: readonly unknown[]): URL {
  const next = new URL(page);
  next.searchParams.set('last', entriesOf(answer).slice(-1).join());
  return next;
}

function signedIn(options: DataPlaneOptions, settings: HttpSettings): HttpClient {
  return httpClient({
    ...settings,
    authorize: bearerAuthorizer({
      settings,
      credentials: once(() => refreshToken(options, settings)),
      realms: [],
      operation: 'Oauth2_Token' satisfies OperationName,
      scope: (request) => (options.wide ? repositoryDefaults : scopeFor(request)),
    }),
  });
}

/** A token of Entra becomes one of the registry (Azure/acr, AAD-OAuth.md). It lives for three hours. */
async function refreshToken(
  { credential, loginServer }: DataPlaneOptions,
  settings: HttpSettings,
): Promise<RegistryCredentials> {
  const entra = await (await credential()).getToken(registryScope);
  const login = httpClient(settings);
  const answer = await login
    .json({
      operation: 'Oauth2_Exchange' satisfies OperationName,
      method: 'POST',
      path: '/oauth2/exchange',
      form: {
        grant_type: 'access_token',
        service: loginServer,
        access_token: secret(entra === null ? '' : entra.token),
      },
    })
    .finally(() => login.close());
  return {
    kind: 'identity-token',
    token: secret(stringAt(objectOf(answer, 'the answer'), 'refresh_token')),
  };
}

/** All that a reader needs; what the caller may not is left out of the token, which then opens less. */
const repositoryDefaults = 'registry:catalog:* repository:*:metadata_read repository:*:pull';

/** The scope of one request, for registries whose roles are limited to repositories. */
export function scopeFor({ path }: Pick<HttpRequest, 'path'>): string {
  const [bare = ''] = path.split('?', 1);
  const [, name = ''] = /\/(?:acr\/v1|v2)\/(.*)$/.exec(bare) ?? [];
  if (name === '_catalog') return 'registry:catalog:*';
  const repository = name
    .replace(/\/(_tags|_manifests|(referrers|manifests|blobs)\/[^/]+)$/, '')
    .split('/')
    .map(decodeURIComponent)
    .join('/');
  return `repository:${repository}:metadata_read repository:${repository}:pull`;
}
