import { arrayAt, DecodeError, numberAt, objectOf, stringAt } from '../../../decode/fields.ts';
import type { HttpClient, HttpRequest } from '../../../http/http.ts';
import { pages } from '../../../http/pages.ts';
import type { Pages } from '../../facts.ts';
import { type HttpApi, type HttpOperation, httpApi } from '../../http-api.ts';
import { calls, type NexusCall } from '../operations.ts';
import { nexusErrors } from './errors.ts';

/** Turns calls of one server into facts. */
export type NexusApi = HttpApi<NexusCall>;

export function nexusApi(client: Pick<HttpClient, 'send'>): NexusApi {
  return httpApi({ client, operations: calls, errors: nexusErrors, paging });
}

type Client = Pick<HttpClient, 'send'>;

function paging(client: Client, request: HttpRequest, operation: HttpOperation): Pages {
  if (operation.path === calls.listIpAllowListEntries.path) return numberedPages(client, request);
  return continuedPages(client, request);
}

/** Listings with `items` and a `continuationToken` that is null on the last page. */
function continuedPages(client: Client, request: HttpRequest): Pages {
  return pages(async (continuationToken) => {
    const query = { ...request.query, continuationToken };
    const page = objectOf(await bodyOf(client, { ...request, query }), 'a page');
    if (!('continuationToken' in page)) throw new DecodeError('continuationToken is missing');
    const items = arrayAt(page, 'items');
    const next = page['continuationToken'];
    return { items, next: next === null ? undefined : stringAt(page, 'continuationToken') };
  });
}

const pageSize = 100;

/** Listings with `entries` and numbered pages, of which the response tells how many there are. */
function numberedPages(client: Client, request: HttpRequest): Pages {
  return pages(async (token) => {
    const number = token === undefined ? 0 : Number(token);
    const query = { ...request.query, page: number, pageSize };
    const page = objectOf(await bodyOf(client, { ...request, query }), 'a page');
    if (numberAt(page, 'page') !== number) throw new DecodeError('another page was asked for');
    const more = number + 1 < numberAt(page, 'totalPages');
    return { items: arrayAt(page, 'entries'), next: more ? String(number + 1) : undefined };
  });
}

async function bodyOf(client: Client, request: HttpRequest): Promise<unknown> {
  const body = (await client.send(request)).json();
  if (body === null) throw new DecodeError('the response is empty');
  return body;
}
