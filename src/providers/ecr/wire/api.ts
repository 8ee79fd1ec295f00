import { type Answer, maybeText, objectOf, objectsAt } from '../../../http/answer.ts';
import { allPages, type Page } from '../../../http/pages.ts';
import type { Fact } from '../../../model/fact.ts';
import { ask } from '../../facts.ts';
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
  ) => Promise<Fact<T>>;
  /** Every page of a listing, as one list of entries. */
  readonly all: <T>(
    listing: Listing,
    decode: (entries: readonly Answer[]) => T,
  ) => Promise<Fact<T>>;
}

/** A paged listing: where its entries stand, and how its page tokens are called. */
export interface Listing {
  readonly name: OperationName;
  readonly region: string;
  readonly input: object;
  readonly entries: string;
  readonly token?: 'nextToken' | 'NextToken';
}

export function ecrApi(client: AwsClient): EcrApi {
  return {
    one: (name, region, input, decode) =>
      ask(name, operations[name], awsErrors, () => client.call(name, region, input), decode),
    all: (listing, decode) =>
      ask(
        listing.name,
        operations[listing.name],
        awsErrors,
        () => allPages((token) => onePage(client, listing, token)),
        (raw) => decode(raw === null ? [] : (raw as readonly Answer[])),
      ),
  };
}

/** One page of a listing. Rejects with what the SDK throws, or when the answer is not a page. */
async function onePage(
  client: AwsClient,
  listing: Listing,
  token: string | undefined,
): Promise<Page<Answer>> {
  const { name, region, input, entries } = listing;
  const key = tokenOf(listing);
  const raw = await client.call(
    name,
    region,
    token === undefined ? input : { ...input, [key]: token },
  );
  return page(raw, entries, key);
}

function tokenOf({ token }: Listing): 'nextToken' | 'NextToken' {
  return token === undefined ? 'nextToken' : token;
}

/** Reads a page: its entries and the token of the next one. */
export function page(raw: unknown, entries: string, token = 'nextToken'): Page<Answer> {
  const answer = objectOf(raw, 'the answer');
  const next = maybeText(answer, token);
  return { items: objectsAt(answer, entries), next: next === null ? undefined : next };
}
