import { type Answer, maybeText, objectOf } from '../../../http/answer.ts';
import { allPages, type Page } from '../../../http/pages.ts';
import type { Fact } from '../../../model/fact.ts';
import { ask, type ErrorReader } from '../../facts.ts';
import { type OperationName, operations } from '../operations.ts';
import type { GoogleClient, RestRequest } from './client.ts';
import { googleErrors, type OwnProject } from './errors.ts';
import type { OfficialOperation } from './official.ts';

/** Turns calls into facts. */
export interface ArtifactRegistryApi {
  /** One call over REST; `decode` gets null when the API is not used in the project. */
  readonly one: <T>(
    name: OperationName,
    request: RestRequest,
    decode: (raw: unknown) => T,
  ) => Promise<Fact<T>>;
  /** Every page of a listing over REST, as one list of entries. */
  readonly all: <T>(
    listing: Listing<OperationName>,
    decode: (entries: readonly Answer[]) => T,
  ) => Promise<Fact<T>>;
  /** One call through the vendor's client. */
  readonly official: <T>(
    name: OfficialOperation,
    request: object,
    decode: (raw: unknown) => T,
  ) => Promise<Fact<T>>;
  /** Every page of a listing through the vendor's client. */
  readonly officialAll: <T>(
    listing: OfficialListing,
    decode: (entries: readonly Answer[]) => T,
  ) => Promise<Fact<T>>;
}

/** A paged listing: where its entries stand in a page. Google leaves an empty list out. */
export interface Listing<O> {
  readonly name: O;
  readonly request: RestRequest;
  readonly entries: string;
  /** Looks at each page before it is taken; throws when the page says that it is not whole. */
  readonly whole?: (page: Answer) => void;
}

interface OfficialListing {
  readonly name: OfficialOperation;
  readonly request: object;
  readonly entries: string;
}

export function artifactRegistryApi(client: GoogleClient, own: OwnProject): ArtifactRegistryApi {
  const errors: ErrorReader = googleErrors(own);
  const once = <T>(
    name: OperationName,
    call: () => Promise<unknown>,
    decode: (raw: unknown) => T,
  ) => ask(name, operations[name], errors, call, decode);
  return {
    one: (name, request, decode) => once(name, () => client.rest(name, request), decode),
    official: (name, request, decode) =>
      once(name, () => client.official.call(name, request), decode),
    all: ({ name, request, entries, whole }, decode) =>
      once(
        name,
        () =>
          allPages(async (pageToken) => {
            const query = { ...request.query, pageToken };
            const raw = await client.rest(name, { ...request, query });
            if (whole !== undefined) whole(objectOf(raw, 'the answer'));
            return page(raw, entries);
          }),
        (raw) => decode(raw === null ? [] : (raw as readonly Answer[])),
      ),
    officialAll: ({ name, request, entries }, decode) =>
      once(
        name,
        () =>
          allPages(async (pageToken) =>
            page(await client.official.call(name, { ...request, pageToken }), entries),
          ),
        (raw) => decode(raw as readonly Answer[]),
      ),
  };
}

/** Reads a page: its entries and the token of the next one, which is left out or empty on the last. */
export function page(raw: unknown, entries: string): Page<Answer> {
  const answer = objectOf(raw, 'the answer');
  const token = answer['nextPageToken'] === '' ? null : maybeText(answer, 'nextPageToken');
  const list = answer[entries];
  if (list !== undefined && !Array.isArray(list)) throw new Error(`${entries} is no list`);
  const items = ((list ?? []) as readonly unknown[]).map((entry) => objectOf(entry, 'an entry'));
  return { items, next: token ?? undefined };
}
