import type { RestCall, RestReply } from '../rest.ts';
import type { Estate } from './estate.ts';

/** A refusal in Harbor's words. */
export function refusal(status: number, code: string, message: string): RestReply {
  return { status, json: { errors: [{ code, message }] } };
}

/** A page as Harbor cuts it: `page` from 1, `page_size` at most 100, the total and the neighbours in headers. */
export function page(
  estate: Estate,
  { query }: RestCall,
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
  const next = new URLSearchParams(query);
  next.set('page', String(number + 1));
  return {
    json: all.slice((number - 1) * size, number * size),
    headers: {
      'x-total-count': String(all.length),
      ...(more ? { link: `<?${next}>; rel="next"` } : {}),
    },
  };
}
