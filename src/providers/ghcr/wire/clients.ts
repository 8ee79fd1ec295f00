import { httpClient } from '../../../http/client.ts';
import { bearerOf } from '../../../http/credential-source.ts';
import { type Authorize, type HttpClient, HttpError } from '../../../http/http.ts';
import { secret } from '../../../http/secret.ts';
import { bearerAuthorizer } from '../../../oci/bearer.ts';
import { countedSettings } from '../../http-api.ts';
import type { By, OperationName } from '../operations.ts';
import { type App, installationAuthorizer } from './app.ts';
import type { Token, Tokens } from './credentials.ts';
import type { Place } from './place.ts';
import { versionHeader } from './version-header.ts';

/** A client of the REST API with one token. */
export interface RestClient extends Pick<HttpClient, 'send'> {
  readonly token: Pick<Token, 'kind' | 'from'>;
  /** The scopes of a token that has such, as GitHub names them in its responses; null: none were named. */
  readonly scopes: () => readonly string[] | null;
}

/** Whom a scan of one owner asks. Each secret goes to its own host alone. */
export interface Clients {
  readonly rest: Readonly<Record<By, RestClient>>;
  readonly registry: HttpClient;
  /** The registry without any credential. */
  readonly stranger: HttpClient;
  readonly calls: () => number;
  readonly close: () => Promise<void>;
}

export interface ClientsInput {
  /** For whom the calls count, in progress reports. */
  readonly id: string;
  readonly place: Place;
  readonly tokens: Tokens;
  /** Whom it is about; null: nobody, so that no settings are read. */
  readonly owner: string | null;
  readonly context: Parameters<typeof countedSettings>[0];
}

export function clientsFor({ id, place, tokens, owner, context }: ClientsInput): Clients {
  const { settingsFor, calls } = countedSettings(context, id);
  const opened: HttpClient[] = [];
  const keep = (client: HttpClient): HttpClient => {
    opened.push(client);
    return client;
  };
  const rest = (token: Token): RestClient => {
    const bearer = bearerOf(token.secret);
    // Asked again after a 401, it has no other token: GitHub shuts out who tries a wrong one repeatedly.
    const authorize = async (_: unknown, renewed: boolean) => (renewed ? null : bearer);
    return restClient(keep(httpClient({ ...settingsFor(place.api), authorize })), token);
  };
  const ofApp = (app: App): RestClient => {
    const settings = settingsFor(place.api);
    const authorize: Authorize =
      owner === null ? async () => null : installationAuthorizer({ settings, app, owner });
    const client = keep(httpClient({ ...settings, authorize }));
    return restClient(client, { kind: 'installation', from: `the app ${app.id}` });
  };
  const settingsClient = () => {
    if (tokens.settings === tokens.packages) return packages;
    return 'key' in tokens.settings ? ofApp(tokens.settings) : rest(tokens.settings);
  };
  const packages = rest(tokens.packages);
  const settings = settingsFor(place.registry);
  return {
    rest: { packages, settings: settingsClient() },
    registry: keep(
      httpClient({
        ...settings,
        authorize: bearerAuthorizer({
          settings,
          credentials: async () => ({
            kind: 'password',
            // The registry goes by the token; the name has to be there.
            username: secret('x-access-token'),
            password: tokens.packages.secret,
          }),
          realms: [],
          operation: 'issueRegistryToken' satisfies OperationName,
        }),
      }),
    ),
    stranger: keep(httpClient(settings)),
    calls,
    close: async () => {
      await Promise.all(opened.map((client) => client.close()));
    },
  };
}

/** Before the first call is answered no other is sent; after a 401 none is. */
function restClient(client: HttpClient, token: RestClient['token']): RestClient {
  let scopes: readonly string[] | null = null;
  let first: Promise<unknown> | undefined;
  let refusal: HttpError | undefined;
  const attempt: HttpClient['send'] = async (request) => {
    const answer = await client.send({
      ...request,
      headers: { ...versionHeader, ...request.headers },
    });
    const named = answer.headers['x-oauth-scopes'];
    if (named !== undefined) scopes = named.split(/,\s*/).filter((scope) => scope !== '');
    if (answer.headers['x-github-sso']?.startsWith('partial-results') === true) {
      throw new HttpError('sso', 'what needs an authorization for single sign-on is left out');
    }
    return answer;
  };
  const remembered = (error: unknown) => {
    if (error instanceof HttpError && error.code === '401') refusal = refused(token);
    throw refusal ?? error;
  };
  return {
    token,
    scopes: () => scopes,
    send: async (request) => {
      if (first !== undefined) await first;
      if (refusal !== undefined) throw refusal;
      const answer = attempt(request).catch(remembered);
      first ??= answer.catch(() => undefined);
      return answer;
    },
  };
}

function refused({ from }: RestClient['token']): HttpError {
  return new HttpError(
    '401',
    `HTTP 401: GitHub does not accept the token of ${from}: it is wrong, expired or revoked; gh auth token shows the one that gh auth login left`,
  );
}
