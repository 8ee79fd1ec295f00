import { maybeText, numberAt, objectOf } from '../http/answer.ts';
import { httpClient } from '../http/client.ts';
import { basicOf, bearerOf } from '../http/credential-source.ts';
import type { RegistryCredentials } from '../http/docker-credentials.ts';
import { HttpError, type HttpRequest, type HttpSettings } from '../http/http.ts';
import { type Secret, secret } from '../http/secret.ts';
import { challengesOf } from './challenge.ts';
import { checkedRealm } from './realm.ts';
import { scopeOf } from './scope.ts';

export interface BearerOptions {
  /** Those of the registry itself; the token service is asked with the same patience and proxies. */
  readonly settings: HttpSettings;
  /** Null: tokens are asked for as a stranger. Called once. */
  readonly credentials: () => Promise<RegistryCredentials | null>;
  /** Hosts besides the registry's own that may issue its tokens: `auth.docker.io`. */
  readonly realms: readonly string[];
  /** What the adapter calls asking for a token. */
  readonly operation: string;
  /** The scope a request needs, null for none. By default from its path, and never more than pull. */
  readonly scope?: (request: HttpRequest) => string | null;
  readonly now?: () => number;
}

interface Token {
  readonly bearer: Secret;
  /** Epoch ms after which it is not used any more. */
  readonly until: number;
}

/** Where tokens are to be had, as the registry said. */
interface Issuer {
  readonly realm: string;
  readonly service: string | undefined;
}

/**
 * An `authorize` for a registry with the Docker token protocol (distribution, Token Authentication
 * Specification): the first 401 says where tokens are to be had, each scope's token is kept until it
 * ends. A registry that wants Basic gets that. The scope is ours and not the challenge's: to ask for
 * push creates the repository at some vendors. Rejects with `HttpError`: `redirect` when the registry
 * names a token service that is none of its own, else what the token service answered.
 */
export function bearerAuthorizer(options: BearerOptions): NonNullable<HttpSettings['authorize']> {
  const { settings, scope = scopeOf, now = Date.now } = options;
  const credentials = onceGiven(options.credentials);
  const tokens = new Map<string, Promise<Token>>();
  let issuer: Issuer | undefined;
  let wantsBasic = false;

  const tokenFor = async (request: HttpRequest, from: Issuer, renewed: boolean) => {
    const wanted = scope(request) ?? '';
    const kept = renewed ? undefined : await tokens.get(wanted)?.catch(() => undefined);
    if (kept !== undefined && now() < kept.until) return kept.bearer;
    const coming = issued(options, from, wanted, await credentials(), now);
    tokens.set(wanted, coming);
    return (await coming).bearer;
  };

  return async (request, renewed, challenge) => {
    if (challenge !== undefined) {
      const offered = challengesOf(challenge);
      const bearer = offered.find(({ scheme }) => scheme === 'bearer');
      wantsBasic = bearer === undefined && offered.some(({ scheme }) => scheme === 'basic');
      if (bearer !== undefined) {
        const { parameters } = bearer;
        const realm = checkedRealm(parameters.get('realm'), settings.base, options.realms);
        issuer = { realm, service: parameters.get('service') };
      }
    }
    if (wantsBasic) {
      const given = await credentials();
      return given?.kind === 'password' ? basicOf(given.username, given.password) : null;
    }
    return issuer === undefined ? null : tokenFor(request, issuer, renewed);
  };
}

/** Keeps what was given, but not that it failed. */
function onceGiven<T>(ask: () => Promise<T>): () => Promise<T> {
  let given: Promise<T> | undefined;
  return () => {
    given ??= ask();
    return given;
  };
}

/** Seconds a token lives when its issuer does not say. */
const shortestLife = 60;

async function issued(
  { settings, operation }: BearerOptions,
  { realm, service }: Issuer,
  scope: string,
  credentials: RegistryCredentials | null,
  now: () => number,
): Promise<Token> {
  const { authorize: _, ...plain } = settings;
  const basic =
    credentials?.kind === 'password' ? basicOf(credentials.username, credentials.password) : null;
  const client = httpClient({
    ...plain,
    base: new URL(realm).origin,
    ...(basic === null ? {} : { authorize: async (_request, renewed) => (renewed ? null : basic) }),
  });
  const asked = now();
  const raw = await client
    .json(
      tokenRequest(
        operation,
        realm,
        { service, scope: scope === '' ? undefined : scope },
        credentials,
      ),
    )
    .finally(() => client.close());
  const answer = objectOf(raw, 'the answer of the token service');
  const token = maybeText(answer, 'token') ?? maybeText(answer, 'access_token');
  if (token === null || /[\u0000-\u0020\u007f]/.test(token))
    throw new HttpError('undecodable', 'the token service answers no token');
  const life = answer['expires_in'] === undefined ? shortestLife : numberAt(answer, 'expires_in');
  // A tenth is left for the request itself and for clocks.
  return { bearer: bearerOf(secret(token)), until: asked + life * 900 };
}

function tokenRequest(
  operation: string,
  realm: string,
  query: { service: string | undefined; scope: string | undefined },
  credentials: RegistryCredentials | null,
): HttpRequest {
  if (credentials?.kind !== 'identity-token') {
    return { operation, path: realm, query: { ...query, client_id: 'regaudit' } };
  }
  const { service = '', scope = '' } = query;
  const form = {
    grant_type: 'refresh_token',
    client_id: 'regaudit',
    service,
    scope,
    refresh_token: credentials.token,
  };
  return { operation, method: 'POST', path: realm, form };
}
