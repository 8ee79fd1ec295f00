import {
  DecodeError,
  type JsonObject,
  maybeString,
  objectOf,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';
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
  /** Whether a call said that there is no such repository, or no such image in it. */
  readonly isGone: (region: string, repository: string, digest?: string) => boolean;
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

/** What calls about a repository or an image name. */
interface Named {
  readonly repositoryName?: string;
  readonly imageId?: { readonly imageDigest?: string };
}

export function ecrApi(client: AwsClient): EcrApi {
  const { one, all, pages: each } = asksOf(operations, awsErrors);
  const gone = new Set<string>();
  const call: AwsClient['call'] = (name, region, input = {}) =>
    client.call(name, region, input).catch((error: unknown) => {
      const { repositoryName, imageId } = input as Named;
      const code = awsErrors.codeOf(error);
      if (code === 'RepositoryNotFoundException') gone.add(`${region} ${repositoryName}`);
      if (code === 'ImageNotFoundException')
        gone.add(`${region} ${repositoryName} ${imageId?.imageDigest}`);
      throw error;
    });
  const pagesOf = (listing: Listing) => () => pages((token) => onePage(call, listing, token));
  return {
    isGone: (region, repository, digest) =>
      gone.has([region, repository, digest].filter((part) => part !== undefined).join(' ')),
    one: (name, region, input, decode) =>
      one(
        name,
        () => call(name, region, input),
        (raw) => decode(content.includes(name) ? raw : aboutAsked(input, raw)),
      ),
    all: (listing, decode) => all(listing.name, pagesOf(listing), decode),
    pages: (listing, decode) => each(listing.name, pagesOf(listing), decode),
  };
}

/** Content repeats nothing of the request: its digest tells what it is. */
const content: readonly OperationName[] = ['BatchGetImage', 'GetDownloadUrlForLayer'];

/** Where a response repeats a field of the request. */
const repeated: Readonly<Record<string, readonly string[]>> = {
  repositoryName: ['repositoryName'],
  name: ['name'],
  profileName: ['profileName'],
  TrailName: ['TrailARN'],
  EventDataStore: ['EventDataStoreArn'],
  KeyId: ['KeyMetadata', 'Arn'],
};

/** The response. Throws `DecodeError` when it is about something else than was asked, or does not say. */
function aboutAsked(input: object, raw: unknown): unknown {
  if (raw === null) return raw;
  for (const [key, asked] of Object.entries(input)) {
    const path = repeated[key];
    // An alias is answered with the key it stands for.
    if (path === undefined || String(asked).includes(':alias/')) continue;
    const said = textIn(raw, path);
    if (said !== asked) throw new DecodeError(`the answer is about ${said.slice(0, 80)}`);
  }
  return raw;
}

function textIn(raw: unknown, [key = '', ...inner]: readonly string[]): string {
  const answer = objectOf(raw, 'the answer');
  return inner.length === 0 ? stringAt(answer, key) : textIn(answer[key], inner);
}

/** One page of a listing. Rejects with what the SDK throws, or when the answer is not a page. */
async function onePage(
  call: AwsClient['call'],
  { name, region, input, entries, token: key = 'nextToken' }: Listing,
  token: string | undefined,
): Promise<Page<JsonObject>> {
  const asked = token === undefined ? input : { ...input, [key]: token };
  const answer = objectOf(await call(name, region, asked), 'the answer');
  if (typeof entries === 'function') return entries(answer);
  const items = objectsAt(answer, entries);
  for (const item of items) refuseOther(input as Named, item);
  return { items, next: maybeString(answer, key) ?? undefined };
}

/** Throws `DecodeError` for an entry that names another repository than the one whose entries were asked for. */
function refuseOther(input: Named, entry: JsonObject): void {
  const said = entry['repositoryName'];
  if (input.repositoryName === undefined || said === undefined) return;
  if (said !== input.repositoryName)
    throw new DecodeError(`an entry is about ${String(said).slice(0, 80)}`);
}
