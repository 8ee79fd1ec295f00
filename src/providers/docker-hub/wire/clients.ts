import { objectOf, stringAt } from '../../../decode/fields.ts';
import { httpClient } from '../../../http/client.ts';
import { bearerOf } from '../../../http/credential-source.ts';
import {
  type HttpAnswer,
  type HttpClient,
  HttpError,
  type HttpSettings,
} from '../../../http/http.ts';
import { once } from '../../../http/once.ts';
import { type Secret, secret } from '../../../http/secret.ts';
import { bearerAuthorizer } from '../../../oci/bearer.ts';
import type { ScanContext } from '../../contract.ts';
import { countedSettings } from '../../http-api.ts';
import type { OperationName } from '../operations.ts';
import type { DockerHubOptions } from '../options.ts';
import { forRegistry, type HubCredentials } from './credentials.ts';

/** The three services of Docker that are asked; secrets go to these hosts and the token service alone. */
export interface Clients {
  readonly hub: HttpClient;
  readonly registry: HttpClient;
  readonly scout: HttpClient;
  /** Exchanges the credentials for a token of ten minutes. Rejects with `HttpError`. */
  readonly signIn: () => Promise<unknown>;
  /** How many calls have been made to any of them, retries not counted. */
  readonly calls: () => number;
  readonly close: () => Promise<void>;
}

export interface ClientsInput {
  /** For whom the calls count, in progress reports. */
  readonly id: string;
  readonly options: DockerHubOptions;
  readonly context: ScanContext;
  readonly credentials: () => Promise<HubCredentials>;
}

const hubBase = 'https://hub.docker.com';
const registryBase = 'https://registry-1.docker.io';
const scoutBase = 'https://api.scout.docker.com';

export function clientsFor({ id, options, context, credentials }: ClientsInput): Clients {
  const { settingsFor, calls } = countedSettings(context, id);
  const {
    endpoint = hubBase,
    registryEndpoint = registryBase,
    scoutEndpoint = scoutBase,
  } = options;

  const exchange = async (): Promise<Secret> => {
    const { identifier, secret: given } = await credentials();
    const answer = await hub.send({
      operation: signingIn,
      method: 'POST',
      path: '/v2/auth/token',
      json: { identifier, secret: given },
      expected: [401],
    });
    if (answer.status === 401) throw refusedSignIn(answer);
    return bearerOf(secret(stringAt(objectOf(answer.json(), 'the answer'), 'access_token')));
  };
  let token = once(exchange);
  let since = Date.now();
  const authorize: HttpSettings['authorize'] = async ({ operation }, renewed) => {
    if (operation === signingIn) return null;
    if (renewed && Date.now() - since >= freshFor) {
      token = once(exchange);
      since = Date.now();
    }
    return token();
  };
  const hub = httpClient({ ...settingsFor(endpoint), authorize });
  const scout = httpClient({ ...settingsFor(scoutEndpoint), authorize });
  const settings = settingsFor(registryEndpoint);
  const registry = httpClient({
    ...settings,
    authorize: bearerAuthorizer({
      settings,
      credentials: async () => forRegistry(await credentials()),
      realms: ['auth.docker.io'],
      operation: 'GetRegistryToken' satisfies OperationName,
    }),
  });
  return {
    hub,
    registry: watched(registry, (operation) =>
      context.progress({ kind: 'throttled', registry: id, operation }),
    ),
    scout,
    signIn: async () => token(),
    calls,
    close: async () => {
      await Promise.all([hub.close(), registry.close(), scout.close()]);
    },
  };
}

/** A password alone opens no account with a second factor (API reference, AuthCreateAccessToken). */
function refusedSignIn({ text }: HttpAnswer): HttpError {
  return new HttpError(
    '401',
    text.includes('"login_2fa_token"')
      ? 'HTTP 401: the account has a second factor, so that its password is not enough: use an access token'
      : 'HTTP 401: Docker Hub does not accept the user name with this access token or password',
  );
}

/** Milliseconds within which calls share one renewal: tokens live ten minutes. */
const freshFor = 60_000;
const signingIn: OperationName = 'AuthCreateAccessToken';

/**
 * Tells when the registry says that no pull is left in its window (docs, pull usage and limits):
 * `ratelimit-remaining: 0;w=21600`.
 */
function watched(client: HttpClient, onExhausted: (operation: string) => void): HttpClient {
  const send: HttpClient['send'] = async (request) => {
    const answer = await client.send(request);
    if (/^0(;|$)/.test(answer.headers['ratelimit-remaining'] ?? '')) onExhausted(request.operation);
    return answer;
  };
  return { ...client, send };
}

/**
 * A query of Docker Scout. Out: its data. Rejects with `HttpError` when the answer names errors, even
 * beside data: with the status it gives, or as `undecodable`.
 */
export async function graphql(
  client: HttpClient,
  operation: OperationName,
  query: string,
  variables: object,
): Promise<unknown> {
  const raw = await client.json({
    operation,
    method: 'POST',
    path: '/v1/graphql',
    json: { query, variables },
  });
  const answer = objectOf(raw, 'the answer');
  const { errors } = answer;
  if (errors === undefined || errors === null) return answer['data'];
  throw graphqlError(errors);
}

function graphqlError(errors: unknown): HttpError {
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const { message, extensions } = (first ?? {}) as Readonly<Record<string, unknown>>;
  const { status } = (extensions ?? {}) as Readonly<Record<string, unknown>>;
  const says = typeof message === 'string' && message !== '' ? message : 'an error of no kind';
  const code =
    typeof status === 'number' ? (status >= 500 ? '5xx' : String(status)) : 'undecodable';
  return new HttpError(code, `Docker Scout: ${says}`);
}
