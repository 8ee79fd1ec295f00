import { basicOf } from '../http/credential-source.ts';
import type { RegistryCredentials } from '../http/docker-credentials.ts';
import type { Authorize, HttpRequest, HttpSettings } from '../http/http.ts';
import { once } from '../http/once.ts';
import { challengesOf } from './challenge.ts';
import { checkedRealm } from './realm.ts';
import { scopeOf } from './scope.ts';
import { type Issuer, type Token, tokenService } from './token-service.ts';

export interface BearerOptions {
  /** The settings of the registry; its token service gets the same retries and proxies. */
  readonly settings: HttpSettings;
  /** Null: anonymous tokens. Called once, when a server first asks for credentials. */
  readonly credentials: () => Promise<RegistryCredentials | null>;
  /** Other hosts that may issue tokens for the registry: `auth.docker.io`. */
  readonly realms: readonly string[];
  /** The adapter's operation name for token requests. */
  readonly operation: string;
  /** The scope of a request; null: none. Default: from its path, never more than pull. */
  readonly scope?: (request: HttpRequest) => string | null;
  readonly now?: () => number;
}

type WayIn = { readonly scheme: 'none' | 'basic' } | ({ readonly scheme: 'bearer' } & Issuer);

/**
 * `authorize` for the Docker token protocol (distribution, Token Authentication Specification): the first
 * 401 names the token service, and the token of each scope is cached until it expires. A registry that asks
 * for Basic gets Basic. The scope of the challenge is ignored: asking for push creates the repository at
 * some vendors. Rejects with `HttpError`: `redirect` if the token service does not belong to the registry,
 * otherwise the error of the token service.
 */
export function bearerAuthorizer(options: BearerOptions): Authorize {
  const { settings, operation, realms, scope = scopeOf, now = Date.now } = options;
  const credentials = once(options.credentials);
  const { issue, close } = tokenService(settings, operation, now);
  const tokens = new Map<string, Promise<Token>>();
  // The token of each request in progress, to know which token was rejected.
  const used = new WeakMap<HttpRequest, Promise<Token>>();
  let way: WayIn = { scheme: 'none' };

  const tokenFor = async (request: HttpRequest, issuer: Issuer, renewed: boolean) => {
    const wanted = scope(request) ?? '';
    const kept = tokens.get(wanted);
    const refused = renewed && kept === used.get(request);
    const good = kept !== undefined && !refused && (await lives(kept, now));
    let token = tokens.get(wanted);
    // If they differ, another request has renewed the token meanwhile.
    if (token === undefined || (!good && token === kept)) {
      token = credentials().then((given) => issue(issuer, wanted, given));
      keep(tokens, wanted, token);
    }
    used.set(request, token);
    return (await token).bearer;
  };

  const authorize: Authorize = async (request, renewed, challenge) => {
    if (challenge !== undefined) way = wayIn(challenge, settings.base, realms);
    if (way.scheme === 'bearer') return tokenFor(request, way, renewed);
    const given = way.scheme === 'basic' ? await credentials() : null;
    return given?.kind === 'password' ? basicOf(given.username, given.password) : null;
  };
  return Object.assign(authorize, { close });
}

/** Maximum number of cached tokens: each repository has its own scope. */
const mostTokens = 200;

function keep(tokens: Map<string, Promise<Token>>, scope: string, token: Promise<Token>): void {
  tokens.delete(scope);
  tokens.set(scope, token);
  const [oldest] = tokens.keys();
  if (tokens.size > mostTokens && oldest !== undefined) tokens.delete(oldest);
}

function lives(token: Promise<Token>, now: () => number): Promise<boolean> {
  return token.then(
    ({ until }) => now() < until,
    () => false,
  );
}

function wayIn(challenge: string, base: string, realms: readonly string[]): WayIn {
  const offered = challengesOf(challenge);
  const bearer = offered.find(({ scheme }) => scheme === 'bearer')?.parameters;
  if (bearer !== undefined) {
    const realm = checkedRealm(bearer.get('realm'), base, realms);
    return { scheme: 'bearer', realm, service: bearer.get('service') };
  }
  return { scheme: offered.some(({ scheme }) => scheme === 'basic') ? 'basic' : 'none' };
}
