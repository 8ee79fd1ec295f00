import { type JsonObject, maybeString, objectOf, objectsAt } from '../../../decode/fields.ts';
import { type Page, pages } from '../../../http/pages.ts';
import { asksOf, type Learnt } from '../../facts.ts';
import { type OperationName, operations } from '../operations.ts';
import type { AwsClient } from './client.ts';
import { awsErrors } from './errors.ts';

/** Turns calls of one account into facts. */
export interface EcrApi {
  /** One call; `decode` gets null when the operation says "not configured". */
  readonly one: <T>(
    name: OperationName,
    region: string,
    input: object,
    decode: (raw: unknown) => T,
  ) => Promise<Learnt<T>>;
  /** Every page of a listing, as one list of entries. */
  readonly all: <T>(
    listing: Listing,
    decode: (entries: readonly JsonObject[]) => T,
  ) => Promise<Learnt<T>>;
  /** Page by page; ends after the first that is not known. */
  readonly pages: <T>(
    listing: Listing,
    decode: (entries: readonly JsonObject[]) => readonly T[],
  ) => AsyncGenerator<Learnt<readonly T[]>>;
}

/** A paged listing. */
export interface Listing {
  readonly name: OperationName;
  readonly region: string;
  readonly input: object;
  /** Where the entries of a page stand, or how a page is read that has no such field. */
  readonly entries: string | ((answer: JsonObject) => Page<JsonObject>);
  /** How its page tokens are called; absent: `nextToken`. */
  readonly token?: string;
}

export function ecrApi(client: AwsClient): EcrApi {
  const { one, all, pages: each } = asksOf(operations, awsErrors);
  const pagesOf = (listing: Listing) => () => pages((token) => onePage(client, listing, token));
  return {
    one: (name, region, input, decode) => one(name, () => client.call(name, region, input), decode),
    all: (listing, decode) => all(listing.name, pagesOf(listing), decode),
    pages: (listing, decode) => each(listing.name, pagesOf(listing), decode),
  };
}

/** One page of a listing. Rejects with what the SDK throws, or when the answer is not a page. */
async function onePage(
  client: AwsClient,
  { name, region, input, entries, token: key = 'nextToken' }: Listing,
  token: string | undefined,
): Promise<Page<JsonObject>> {
  const asked = token === undefined ? input : { ...input, [key]: token };
  const answer = objectOf(await client.call(name, region, asked), 'the answer');
  if (typeof entries === 'function') return entries(answer);
  return { items: objectsAt(answer, entries), next: maybeString(answer, key) ?? undefined };
}
