import { arrayAt, DecodeError, maybeArray, objectOf, stringAt } from '../../../decode/fields.ts';
import { httpClient } from '../../../http/client.ts';
import { basicOf } from '../../../http/credential-source.ts';
import type { RegistryCredentials } from '../../../http/docker-credentials.ts';
import type { Authorize, HttpAnswer, HttpClient, HttpSettings } from '../../../http/http.ts';
import { httpErrors } from '../../../http/http-errors.ts';
import { linkedPages } from '../../../http/links.ts';
import { once } from '../../../http/once.ts';
import { bearerAuthorizer } from '../../../oci/bearer.ts';
import { bareType } from '../../../oci/kinds.ts';
import { ask, known, type Learnt } from '../../facts.ts';
import { type HttpApi, httpApi } from '../../http-api.ts';
import { isTestAuthentication, type Product, productOf } from '../decode/product.ts';
import { calls, type OciCall, operations } from '../operations.ts';
import type { Reached } from './reach.ts';

/** A registry that is being read, as whoever the credentials belong to. */
export interface Session extends Reached {
  readonly host: string;
  readonly client: HttpClient;
  readonly api: HttpApi<OciCall>;
  readonly signedIn: boolean;
  /** The repositories that the target or the configuration names; null: those of the catalog. */
  readonly named: readonly string[] | null;
  readonly product: () => Promise<Learnt<Product>>;
  readonly calls: () => number;
  readonly close: () => Promise<void>;
}

export interface SessionInput extends Reached {
  readonly host: string;
  readonly settings: HttpSettings;
  readonly credentials: RegistryCredentials | null;
  readonly realms: readonly string[];
  readonly named: readonly string[] | null;
}

export function sessionOf({ settings, credentials, realms, ...reached }: SessionInput): Session {
  const { host, ping, stranger } = reached;
  const authorize = authorizing(settings, credentials, realms, isTestAuthentication(ping));
  const client = httpClient({ ...settings, authorize });
  const bare = httpClient(settings);
  const api = httpApi({
    client,
    operations: calls,
    paging: (of, request) => linkedPages(of, request, entriesIn, { further: afterLast }),
  });
  const extensions = () =>
    ask(
      'discoverExtensions',
      operations.discoverExtensions,
      httpErrors,
      () =>
        bare.send({
          operation: 'discoverExtensions',
          path: operations.discoverExtensions.path,
          expected: [401, 403, 404, 405],
        }),
      (raw) => productOf(host, ping, hasNoExtensions(raw as HttpAnswer)),
    );
  const product = once(async () => {
    const seen = productOf(host, ping, false);
    return ping.likeDistribution && seen.kind === 'unrecognized'
      ? extensions()
      : known('ping', '', () => seen);
  });
  return {
    ...reached,
    client,
    api,
    signedIn: credentials !== null,
    product,
    calls: () => client.calls() + bare.calls() + stranger.calls(),
    close: async () => {
      await Promise.all([client.close(), bare.close(), stranger.close()]);
    },
  };
}

function authorizing(
  settings: HttpSettings,
  credentials: RegistryCredentials | null,
  realms: readonly string[],
  isTest: boolean,
): Authorize {
  if (isTest && credentials?.kind === 'password') {
    const basic = basicOf(credentials.username, credentials.password);
    return async () => basic;
  }
  return bearerAuthorizer({
    settings,
    credentials: async () => credentials,
    realms,
    operation: 'getToken',
  });
}

/** A route that CNCF Distribution lacks is answered by its router, whether somebody is signed in or not. */
function hasNoExtensions({ status, headers, text }: HttpAnswer): boolean {
  const isPlain = bareType(headers['content-type'] ?? '') === 'text/plain';
  return status === 404 && isPlain && text.trim() === '404 page not found';
}

/** The page after the last entry of a full one (OCI Distribution, Listing Tags). */
function afterLast(page: URL, entries: readonly unknown[]): URL | null {
  const last = entries.at(-1);
  if (typeof last !== 'string') return null;
  const next = new URL(page);
  next.searchParams.set('last', last);
  return next;
}

/** Entries of a page of the catalog, or of the tags of the repository that was asked for. */
function entriesIn(answer: HttpAnswer): readonly unknown[] {
  const body = objectOf(answer.json(), 'the list');
  const [, repository] = /\/v2\/(.+)\/tags\/list$/.exec(new URL(answer.url).pathname) ?? [];
  if (repository === undefined) return arrayAt(body, 'repositories');
  if (stringAt(body, 'name') !== decodeURIComponent(repository)) {
    throw new DecodeError('the tags are those of another repository');
  }
  if (body['tags'] === undefined) throw new DecodeError('tags is missing, expected a list');
  // Distribution writes null where every tag was deleted.
  return maybeArray(body, 'tags');
}
