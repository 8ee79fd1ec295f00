import { type JsonObject, maybeString, objectOf } from '../../../decode/fields.ts';
import type { HttpClient, HttpRequest } from '../../../http/http.ts';
import { type Page, pages } from '../../../http/pages.ts';
import { asksOf, type Learnt, type Pages } from '../../facts.ts';
import { type HttpApi, httpApi } from '../../http-api.ts';
import { allReached } from '../decode/occurrences.ts';
import {
  calls,
  type OfficialCall,
  officialCalls,
  type RestCall,
  type RestOperation,
} from '../operations.ts';
import type { GoogleClient } from './client.ts';
import { googleErrors, type OwnProject } from './errors.ts';

/** Turns calls into facts. Where an API is not used in the project, `decode` gets null. */
export interface ArtifactRegistryApi extends Pick<HttpApi<RestCall, JsonObject>, 'one' | 'all'> {
  /** One call through the vendor's client. */
  readonly official: <T>(
    name: OfficialCall,
    request: object,
    decode: (raw: unknown) => T,
  ) => Promise<Learnt<T>>;
  /** Every page of a listing through the vendor's client. */
  readonly officialAll: <T>(
    listing: OfficialListing,
    decode: (entries: readonly JsonObject[]) => T,
  ) => Promise<Learnt<T>>;
}

interface OfficialListing {
  readonly name: OfficialCall;
  readonly request: object;
  /** Where the entries of a page stand. */
  readonly entries: string;
}

export function artifactRegistryApi(client: GoogleClient, own: OwnProject): ArtifactRegistryApi {
  const errors = googleErrors(own);
  const { one, all } = asksOf(officialCalls, errors);
  const { call } = client.official;
  return {
    ...httpApi({ client, operations: calls, paging: tokenPages, errors }),
    official: (name, request, decode) => one(name, () => call(name, request), decode),
    officialAll: ({ name, request, entries }, decode) =>
      all(
        name,
        () =>
          pages(async (pageToken) => page(await call(name, { ...request, pageToken }), entries)),
        decode,
      ),
  };
}

function tokenPages(
  client: Pick<HttpClient, 'send'>,
  request: HttpRequest,
  { entries, partial }: RestOperation,
): Pages<JsonObject> {
  if (entries === undefined) throw new Error(`${request.operation} is no listing`);
  return pages(async (pageToken) => {
    const query = { ...request.query, pageToken };
    const answer = objectOf((await client.send({ ...request, query })).json(), 'the answer');
    if (partial === true) allReached(answer);
    return page(answer, entries);
  });
}

/**
 * Reads a page: its entries, a list that is left out where it is empty, and the token of the next one, which
 * is left out or empty on the last.
 */
export function page(raw: unknown, entries: string): Page<JsonObject> {
  const answer = objectOf(raw, 'the answer');
  const token = answer['nextPageToken'] === '' ? null : maybeString(answer, 'nextPageToken');
  const list = answer[entries];
  if (list !== undefined && !Array.isArray(list)) throw new Error(`${entries} is no list`);
  const items = ((list ?? []) as readonly unknown[]).map((entry) => objectOf(entry, 'an entry'));
  return { items, next: token ?? undefined };
}
