import { DecodeError, objectOf } from '../../../decode/fields.ts';
import type { HttpClient, HttpRequest } from '../../../http/http.ts';
import { type Page, PagingError, pages } from '../../../http/pages.ts';
import type { Pages } from '../../facts.ts';
import type { QuayOperation } from '../operations.ts';

/**
 * Follows a listing. A `next_page` that Quay cannot read brings the first page again, with status 200 and a
 * token that is new each time: a page that begins as an earlier one did is no proper page.
 */
export async function* quayPages(
  client: Pick<HttpClient, 'send'>,
  request: HttpRequest,
  { list = '', paging = 'cursor' }: QuayOperation,
): Pages {
  const begun = new Set<string>();
  const listing = pages(async (token): Promise<Page<unknown>> => {
    const turned = token === undefined ? request : turn(request, paging, token);
    const answer = objectOf((await client.send(turned)).json(), 'the page');
    const items = answer[list];
    if (!Array.isArray(items)) throw new DecodeError(`the page has no list of ${list}`);
    const [first] = items;
    if (first !== undefined) {
      const beginning = JSON.stringify(first);
      if (begun.has(beginning)) throw new PagingError('a page comes that came before');
      begun.add(beginning);
    }
    return { items, next: nextOf(answer, paging, token) };
  });
  return yield* listing;
}

function turn(request: HttpRequest, paging: 'cursor' | 'number', token: string): HttpRequest {
  const next = paging === 'cursor' ? { next_page: token } : { page: token };
  return { ...request, query: { ...request.query, ...next } };
}

function nextOf(
  answer: Readonly<Record<string, unknown>>,
  paging: 'cursor' | 'number',
  token: string | undefined,
): string | undefined {
  if (paging === 'number') {
    const { has_additional: more } = answer;
    if (typeof more !== 'boolean') throw new DecodeError('has_additional is not true or false');
    return more ? String(Number(token ?? '1') + 1) : undefined;
  }
  const { next_page: next } = answer;
  if (next === undefined || next === null) return undefined;
  if (typeof next === 'string' && next !== '') return next;
  throw new DecodeError('next_page is not text');
}
