import { basicOf } from '../http/credential-source.ts';
import type { RegistryCredentials } from '../http/docker-credentials.ts';
import type { Authorize, HttpRequest, HttpSettings } from '../http/http.ts';
import { once } from '../http/once.ts';
import { challengesOf } from './challenge.ts';
import { checkedRealm } from './realm.ts';
import { scopeOf } from './scope.ts';
import { type Issuer, type Token, tokenService } from './token-service.ts';

export interface BearerOptions {
  /** Those of the registry itself; its token service is asked with the same patience and proxies. */
  readonly settings: HttpSettings;
  /** Null: tokens are asked for as a stranger. Called once, and not before a server wants them. */
  readonly credentials: () => Promise<RegistryCredentials | null>;
  /** Hosts besides the registry's own that may issue its tokens: `auth.docker.io`. */
  readonly realms: readonly string[];
  /** What the adapter calls asking for a token. */
  readonly operation: string;
  /** The scope a request needs, null for none. By default from its path, and never more than pull. */
  readonly scope?: (request: HttpRequest) => string | null;
  readonly now?: () => number;
}

type WayIn = { readonly scheme: 'none' | 'basic' } | ({ readonly scheme: 'bearer' } & Issuer);

/**
 * An `authorize` for a registry with the Docker token protocol (distribution, Token Authentication
 * Specification): the first 401 says where tokens are to be had, and each scope's token is kept until
 * it ends. A registry that wants Basic gets that. The scope is ours and not the challenge's: to ask
 * for push creates the repository at some vendors. Rejects with `HttpError`: `redirect` when the
 * registry names a token service that is none of its own, else what the token service answered.
 */
export function bearerAuthorizer(options: BearerOptions): Authorize {
  const { settings, operation, realms, scope = scopeOf, now = Date.now } = options;
  const credentials = once(options.credentials);
  const { issue, close } = tokenService(settings, operation, now);
  const tokens = new Map<string, Promise<Token>>();
  // What each request under way was sent with, to know which token was refused.
  const used = new WeakMap<HttpRequest, Promise<Token>>();
  let way: WayIn = { scheme: 'none' };

  const tokenFor = async (request: HttpRequest, issuer: Issuer, renewed: boolean) => {
    const wanted = scope(request) ?? '';
    const kept = tokens.get(wanted);
    const refused = renewed && kept === used.get(request);
    const good = kept !== undefined && !refused && (await lives(kept, now));
    let token = tokens.get(wanted);
    // Where they differ, another request has renewed it meanwhile.
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

/** Repositories are read one after another, and each has a scope of its own. */
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
