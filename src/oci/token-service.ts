import { maybeString, numberAt, objectOf } from '../decode/fields.ts';
import { httpClient } from '../http/client.ts';
import { basicOf, bearerOf } from '../http/credential-source.ts';
import type { RegistryCredentials } from '../http/docker-credentials.ts';
import { type HttpClient, HttpError, type HttpRequest, type HttpSettings } from '../http/http.ts';
import { type Secret, secret } from '../http/secret.ts';

export interface Token {
  readonly bearer: Secret;
  /** Epoch ms after which the token is not used. */
  readonly until: number;
}

/** The token service that the registry names. */
export interface Issuer {
  readonly realm: string;
  readonly service: string | undefined;
}

/** Default lifetime of a token in seconds (distribution, Token Authentication). */
const unstatedLife = 60;

/** Requests tokens from token services. */
export interface TokenService {
  /** `scope` '': none; `credentials` null: anonymous. Rejects with `HttpError` or `DecodeError`. */
  readonly issue: (
    issuer: Issuer,
    scope: string,
    credentials: RegistryCredentials | null,
  ) => Promise<Token>;
  readonly close: () => Promise<void>;
}

/** In: the settings of the registry, and the adapter's operation name for token requests. */
export function tokenService(
  settings: HttpSettings,
  operation: string,
  now: () => number,
): TokenService {
  const clients = new Map<string, HttpClient>();
  const clientOf = (origin: string, basic: Secret | null): HttpClient => {
    let client = clients.get(origin);
    if (client === undefined) {
      // One that answers with tokens may well repeat the one of last time.
      const { authorize: _, redaction: __, ...plain } = settings;
      client = httpClient({
        ...plain,
        base: origin,
        ...(basic === null ? {} : { authorize: async (_of, again) => (again ? null : basic) }),
      });
      clients.set(origin, client);
    }
    return client;
  };

  const issue: TokenService['issue'] = async ({ realm, service }, scope, credentials) => {
    const basic =
      credentials?.kind === 'password' ? basicOf(credentials.username, credentials.password) : null;
    // A registry may be its own token service, and repeat later what it learnt there.
    const given = credentials?.kind === 'identity-token' ? credentials.token : basic;
    if (given !== null) settings.redaction?.remember(given);
    const query = {
      ...(service === undefined ? {} : { service }),
      ...(scope === '' ? {} : { scope }),
      client_id: 'regaudit',
    };
    const request: HttpRequest =
      credentials?.kind === 'identity-token'
        ? {
            operation,
            method: 'POST',
            path: realm,
            form: { ...query, grant_type: 'refresh_token', refresh_token: credentials.token },
          }
        : { operation, path: realm, query };
    const asked = now();
    return tokenIn(await clientOf(new URL(realm).origin, basic).json(request), asked);
  };
  return {
    issue,
    close: async () => {
      await Promise.all([...clients.values()].map((client) => client.close()));
    },
  };
}

function tokenIn(raw: unknown, asked: number): Token {
  const answer = objectOf(raw, 'the response of the token service');
  const token = maybeString(answer, 'token') ?? maybeString(answer, 'access_token');
  // A token in a header must not contain a line break.
  if (token === null || !/^[\u0021-\u007e]+$/.test(token))
    throw new HttpError('undecodable', 'the token service returned no token');
  const life = answer['expires_in'] === undefined ? unstatedLife : numberAt(answer, 'expires_in');
  // A tenth is reserved for latency and clock differences.
  return { bearer: bearerOf(secret(token)), until: asked + life * 900 };
}
