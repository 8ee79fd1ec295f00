import { type Answer, objectOf, objectsAt, textAt } from '../../../http/answer.ts';
import type { HttpClient, HttpRequest } from '../../../http/http.ts';
import { httpErrors } from '../../../http/http-errors.ts';
import { PagingError } from '../../../http/pages.ts';
import type { Fact } from '../../../model/fact.ts';
import { ask } from '../../facts.ts';
import { type HubPage, pageOf } from '../decode/page.ts';
import { type OperationName, operations } from '../operations.ts';

type Request = Omit<HttpRequest, 'operation'>;

/** Turns calls of the Docker Hub API into facts. */
export interface DockerHubApi {
  /** One call. */
  readonly one: <T>(
    name: OperationName,
    request: Request,
    decode: (raw: unknown) => T,
  ) => Promise<Fact<T>>;
  /** Every page of a numbered listing, as one list of entries. `key` is what no two entries share. */
  readonly all: <T>(
    name: OperationName,
    path: string,
    key: string,
    decode: (entries: readonly Answer[]) => T,
  ) => Promise<Fact<T>>;
  /** One page of a numbered listing, from 1. */
  readonly page: (name: OperationName, path: string, number: number) => Promise<Fact<HubPage>>;
}

/** The most that repositories and tags have on a page (API reference); other listings may give fewer. */
const pageSize = 100;
/** Most pages of one listing that is read as a whole: 100,000 entries. */
const mostPages = 1000;

export function dockerHubApi(client: Pick<HttpClient, 'json'>): DockerHubApi {
  const one: DockerHubApi['one'] = (name, request, decode) =>
    ask(
      name,
      operations[name],
      httpErrors,
      () => client.json({ operation: name, ...request }),
      decode,
    );
  const onePage = (name: OperationName, path: string, page: number) =>
    client.json({ operation: name, path, query: { page, page_size: pageSize } });
  const all: DockerHubApi['all'] = (name, path, key, decode) =>
    ask(
      name,
      operations[name],
      httpErrors,
      () => everyPage((page) => onePage(name, path, page), key),
      (raw) => decode(objectsAt(objectOf(raw, 'the listing'), 'results')),
    );
  return {
    one,
    all,
    page: (name, path, number) =>
      ask(name, operations[name], httpErrors, () => onePage(name, path, number), pageOf),
  };
}

/**
 * Pages are asked for by number: the address of the next page that an answer names may be of another
 * host. Throws `PagingError` when a page brings nothing new, or fewer come than the server counts, and
 * `AnswerError` for an entry without what tells it apart.
 */
async function everyPage(
  page: (number: number) => Promise<unknown>,
  key: string,
): Promise<{ results: readonly Answer[] }> {
  const seen = new Map<string, Answer>();
  for (let number = 1; number <= mostPages; number += 1) {
    const { rows, total, last } = pageOf(await page(number));
    const before = seen.size;
    for (const row of rows) seen.set(textAt(row, key), row);
    if (last && total !== null && seen.size < total) {
      throw new PagingError(`the server counts ${total} entries and gives ${seen.size}`);
    }
    if (last) return { results: [...seen.values()] };
    if (seen.size === before) throw new PagingError('a page brings nothing new');
  }
  throw new PagingError(`the listing has more than ${mostPages} pages`);
}
