import type { RestCall, RestReply } from '../rest.ts';
import type { Estate } from './estate.ts';

/** An error in Harbor's format. */
export function refusal(status: number, code: string, message: string): RestReply {
  return { status, json: { errors: [{ code, message }] } };
}

/** A page of Harbor: `page` from 1, `page_size` at most 100, the total and links in headers. */
export function page(
  estate: Estate,
  { query, path }: RestCall,
  all: readonly Readonly<Record<string, unknown>>[],
): RestReply {
  const asked = Number(query.get('page_size') ?? 10);
  if (asked > 100)
    return refusal(
      422,
      'UNPROCESSABLE_ENTITY',
      'page_size in query should be less than or equal to 100',
    );
  const size = Math.min(asked, estate.pageSize ?? 100);
  const number = Number(query.get('page') ?? 1);
  const more = number * size < all.length;
  const links = [
    ...(number > 1 ? [link(path, query, number - 1, 'prev')] : []),
    ...(more ? [link(path, query, number + 1, 'next')] : []),
  ];
  return {
    json: all.slice((number - 1) * size, number * size),
    headers: {
      'x-total-count': String(all.length),
      ...(links.length === 0 ? {} : { link: links.join(' , ') }),
    },
  };
}

function link(path: string, query: URLSearchParams, page: number, rel: 'prev' | 'next'): string {
  const other = new URLSearchParams(query);
  other.set('page', String(page));
  return `<${path}?${other}>; rel="${rel}"`;
}
