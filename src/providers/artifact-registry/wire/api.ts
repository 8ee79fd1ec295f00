import { arrayAt, type JsonObject, maybeString, objectOf } from '../../../decode/fields.ts';
import type { HttpClient, HttpRequest } from '../../../http/http.ts';
import { smallerPage } from '../../../http/links.ts';
import { type Page, pages } from '../../../http/pages.ts';
import { asksOf, type Learnt, type Pages } from '../../facts.ts';
import { type HttpApi, httpApi } from '../../http-api.ts';
import { allReached } from '../decode/occurrences.ts';
import { documented, type Shape } from '../decode/shape.ts';
import type { RestOperation } from '../operation-kinds.ts';
import { calls, type OfficialCall, officialCalls, type RestCall } from '../operations.ts';
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
}

export function artifactRegistryApi(client: GoogleClient, own: OwnProject): ArtifactRegistryApi {
  const errors = googleErrors(own, client.redacted);
  const { one, all } = asksOf(officialCalls, errors);
  const { call } = client.official;
  const http = httpApi({ client, operations: calls, paging: tokenPages, errors });
  return {
    one: (name, decode, sent) =>
      http.one(
        name,
        (raw) => decode(raw === null ? null : documented(raw, calls[name].shape)),
        sent,
      ),
    all: http.all,
    official: (name, request, decode) => one(name, () => call(name, request), decode),
    officialAll: ({ name, request }, decode) =>
      all(
        name,
        () =>
          pages(async (pageToken) =>
            page(await call(name, { ...request, pageToken }), officialCalls[name].shape),
          ),
        decode,
      ),
  };
}

function tokenPages(
  client: Pick<HttpClient, 'send'>,
  request: HttpRequest,
  { shape, partial }: RestOperation,
): Pages<JsonObject> {
  return pages(async (pageToken) => {
    const query = { ...request.query, pageToken };
    // A page may have another size than the one before (google.aip.dev/158).
    const asked = { ...request, query, ...smallerPage(query) };
    const answer = documented((await client.send(asked)).json(), shape);
    if (partial === true) allReached(answer);
    return page(answer, shape);
  });
}

/**
 * Reads a page: its entries, a list that is left out where it is empty, and the token of the next one, which
 * is left out or empty on the last.
 */
export function page(raw: unknown, { entries }: Shape): Page<JsonObject> {
  if (entries === undefined) throw new Error('the operation is no listing');
  const answer = objectOf(raw, 'the answer');
  const token = answer['nextPageToken'] === '' ? null : maybeString(answer, 'nextPageToken');
  const list = answer[entries] === undefined ? [] : arrayAt(answer, entries);
  return {
    items: list.map((entry) => objectOf(entry, 'an entry')),
    next: token === null ? undefined : token,
  };
}
