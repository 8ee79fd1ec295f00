import { createHash } from 'node:crypto';
import { Refused, type RestCall, type RestReply, type Route } from '../rest.ts';
import type { Estate, Fields } from './estate.ts';

/** It means nothing anywhere. */
export const demoToken = 'glpat-demo';

export function digestOf(name: string): string {
  return `sha256:${createHash('sha256').update(name).digest('hex')}`;
}

/** As the REST API words its refusals. */
export function refusal(status: number, message: string): RestReply {
  return { status, json: { message: `${status} ${message}` } };
}

export function notFound(): Refused {
  return new Refused(refusal(404, 'Not found'));
}

/** A GET of the REST API that only a token opens. */
export function get(
  estate: Estate,
  name: string,
  path: string,
  answer: (call: RestCall) => RestReply,
): Route {
  return {
    name,
    method: 'GET',
    path: `/api/v4${path}`,
    answer: (call) => {
      checkToken(estate, call);
      return answer(call);
    },
  };
}

export function checkToken(estate: Estate, { headers }: RestCall): void {
  if (headers['authorization'] === `Bearer ${estate.token ?? demoToken}`) return;
  throw new Refused(refusal(401, 'Unauthorized'));
}

/** One page of a list, with the headers of GitLab's offset paging. */
export function page(
  { pageSize }: Estate,
  { query, path, headers }: RestCall,
  all: readonly Fields[] = [],
): RestReply {
  const asked = Number(query.get('per_page') ?? 20);
  const size = Math.min(asked, pageSize ?? asked);
  const number = Number(query.get('page') ?? 1);
  const pages = Math.max(1, Math.ceil(all.length / size));
  const next = new URLSearchParams(query);
  next.set('page', String(number + 1));
  const isLast = number >= pages;
  return {
    json: all.slice((number - 1) * size, number * size),
    headers: {
      'x-page': String(number),
      'x-per-page': String(size),
      'x-total': String(all.length),
      'x-total-pages': String(pages),
      'x-next-page': isLast ? '' : String(number + 1),
      ...(isLast ? {} : { link: `<http://${headers['host']}${path}?${next}>; rel="next"` }),
    },
  };
}
