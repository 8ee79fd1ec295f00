import type { RestCall, RestReply } from '../rest.ts';
import type { Estate } from './estate.ts';

/** A page of a listing, as Quay cuts it: 100 entries, and an opaque token while there is more. */
export function listPage(
  { pageSize = 100 }: Estate,
  { query }: RestCall,
  key: string,
  all: readonly unknown[],
): RestReply {
  const token = /^page-(\d+)$/.exec(query.get('next_page') ?? '');
  // What cannot be read as a token is the first page.
  const start = token === null ? 0 : Number(token[1]);
  const end = start + pageSize;
  return {
    json: {
      [key]: all.slice(start, end),
      ...(end < all.length ? { next_page: `page-${end}` } : {}),
    },
  };
}
