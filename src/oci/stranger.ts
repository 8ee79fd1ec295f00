import { arrayAt, DecodeError, objectOf } from '../decode/fields.ts';
import { httpClient } from '../http/client.ts';
import { type HttpAnswer, HttpError, type HttpSettings } from '../http/http.ts';
import { reveal } from '../http/secret.ts';
import { bearerAuthorizer } from './bearer.ts';
import { isManifestType, manifestTypes } from './manifests.ts';
import { repositoryPath } from './names.ts';
import { errorCodesIn, type Ping, pingIn } from './ping.ts';
import { checkedRealm } from './realm.ts';
import { rightsIn } from './token-rights.ts';
import { tokenService } from './token-service.ts';

/** What the caller calls each of the requests that a client without credentials makes. */
export type StrangerOperations = Readonly<
  Record<'ping' | 'catalog' | 'pull' | 'token' | 'uploads', string>
>;

/** `refused`: the registry or its token service asks for a login, in its own words. */
export type Glance<T> =
  | { readonly mode: 'refused' }
  | { readonly mode: 'answered'; readonly value: T };

/**
 * A client without any credentials, which makes GET, HEAD and OPTIONS requests alone. All reject with
 * `HttpError` or `DecodeError` where the response is neither a success nor a refusal of the registry itself:
 * a rate limit, a firewall and a missing object prove nothing.
 */
export interface Stranger {
  readonly ping: () => Promise<Ping>;
  /** The first repository names that the catalog gives. */
  readonly catalog: () => Promise<Glance<readonly string[]>>;
  /** Whether a manifest can be had; by HEAD. `below`: the path of its registry below the base, if any. */
  readonly pull: (repository: string, reference: string, below?: string) => Promise<Glance<true>>;
  /**
   * The rights in a token to pull and push, issued without credentials; null: the token does not tell. Asked
   * of strangers alone: with credentials this creates the repository at some vendors.
   */
  readonly rights: (ping: Ping, repository: string) => Promise<Glance<readonly string[] | null>>;
  /** The methods that the upload route offers; refused: it asks for a login. */
  readonly uploads: (repository: string) => Promise<Glance<readonly string[]>>;
  readonly calls: () => number;
  readonly close: () => Promise<void>;
}

/** `realms`: hosts besides the registry's own that may issue its tokens. */
export function strangerAt(
  settings: HttpSettings,
  operations: StrangerOperations,
  realms: readonly string[],
): Stranger {
  const { authorize: _, ...plain } = settings;
  const bare = httpClient(plain);
  const withToken = httpClient({
    ...plain,
    authorize: bearerAuthorizer({
      settings: plain,
      credentials: async () => null,
      realms,
      operation: operations.token,
    }),
  });
  const tokens = tokenService(plain, operations.token, Date.now);
  return {
    ping: async () =>
      pingIn(
        await bare.send({
          operation: operations.ping,
          path: '/v2/',
          headers: { accept: 'application/json' },
          expected: [401, 403, 404],
        }),
      ),
    catalog: async () => {
      const glance = await refusedByService(
        withToken.send({
          operation: operations.catalog,
          path: '/v2/_catalog',
          query: { n: 3 },
          expected: [401, 403, 404, 405],
        }),
      );
      return glance.mode === 'refused' ? glance : namesIn(glance.value);
    },
    pull: async (repository, reference, below = '') => {
      const glance = await refusedByService(
        withToken.send({
          operation: operations.pull,
          method: 'HEAD',
          path: `${below}${repositoryPath(repository)}/manifests/${encodeURIComponent(reference)}`,
          headers: { accept: manifestTypes },
          expected: [401, 403],
        }),
      );
      if (glance.mode === 'refused') return glance;
      const { status, headers } = glance.value;
      if (status !== 200) return challenged(glance.value);
      if (isManifestType(headers['content-type'])) return { mode: 'answered', value: true };
      throw new DecodeError('what is answered for a tag is no manifest');
    },
    rights: async ({ challenges }, repository) => {
      const bearer = challenges.find(({ scheme }) => scheme === 'bearer')?.parameters;
      if (bearer === undefined) throw new DecodeError('the registry offers no tokens');
      const realm = checkedRealm(bearer.get('realm'), settings.base, realms);
      const issuer = { realm, service: bearer.get('service') };
      const scope = `repository:${repository}:pull,push`;
      const glance = await refusedByService(tokens.issue(issuer, scope, null));
      if (glance.mode === 'refused') return glance;
      const token = reveal(glance.value.bearer).slice('Bearer '.length);
      return { mode: 'answered', value: rightsIn(token, repository) };
    },
    uploads: async (repository) => {
      const answer = await bare.send({
        operation: operations.uploads,
        method: 'OPTIONS',
        path: `${repositoryPath(repository)}/blobs/uploads/`,
        expected: [401],
      });
      return answer.status === 401 ? challenged(answer) : allowedIn(answer);
    },
    calls: () => bare.calls() + withToken.calls(),
    close: async () => {
      await Promise.all([bare.close(), withToken.close(), tokens.close()]);
    },
  };
}

/** The methods of an `allow` header (RFC 9110, 10.2.1). Throws `DecodeError` when there is none. */
export function allowedIn({ headers }: HttpAnswer): Glance<readonly string[]> {
  const { allow } = headers;
  if (allow === undefined) throw new DecodeError('the answer to OPTIONS allows nothing by name');
  return { mode: 'answered', value: allow.split(',').map((method) => method.trim()) };
}

/**
 * The registry's own refusals are expected statuses, so that an error with 401 or 403 comes from its token
 * service. A 403 without the error codes of the API is a firewall's.
 */
function refusedByService<T>(call: Promise<T>): Promise<Glance<T>> {
  return call.then(
    (value) => ({ mode: 'answered', value }),
    (error: unknown) => {
      if (!(error instanceof HttpError)) throw error;
      const isOwn = error.status === 401 || errorCodesIn(error.body).length > 0;
      if (isOwn && ['401', '403'].includes(error.code)) return { mode: 'refused' };
      throw error;
    },
  );
}

function challenged({ status, headers }: HttpAnswer): Glance<never> {
  if (status === 401 && headers['www-authenticate'] !== undefined) return { mode: 'refused' };
  throw new DecodeError(`HTTP ${status} without a challenge`);
}

/** Codes by which the distribution API refuses, or has no catalog at all. */
const refusals = ['UNAUTHORIZED', 'DENIED', 'UNSUPPORTED'];

function namesIn(answer: HttpAnswer): Glance<readonly string[]> {
  const { status, text } = answer;
  if (status !== 200) {
    if (errorCodesIn(text).some((code) => refusals.includes(code))) return { mode: 'refused' };
    throw new DecodeError(`HTTP ${status} for the catalog`);
  }
  const names = arrayAt(objectOf(answer.json(), 'the catalog'), 'repositories');
  return { mode: 'answered', value: names.map(repositoryName) };
}

function repositoryName(name: unknown): string {
  if (typeof name === 'string' && name !== '') return name;
  throw new DecodeError('an entry of the catalog is no name');
}
