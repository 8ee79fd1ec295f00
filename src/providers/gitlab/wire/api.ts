import { DecodeError } from '../../../decode/fields.ts';
import type { HttpAnswer, HttpClient, HttpRequest } from '../../../http/http.ts';
import { linkedPages, nextLink, nextNumber } from '../../../http/links.ts';
import { PagingError } from '../../../http/pages.ts';
import type { Pages } from '../../facts.ts';
import { type HttpApi, httpApi } from '../../http-api.ts';
import { calls, type GitlabCall } from '../operations.ts';

/** Turns calls of one instance into facts. */
export type GitlabApi = HttpApi<GitlabCall>;

export function gitlabApi(client: Pick<HttpClient, 'send'>): GitlabApi {
  return httpApi({ client, operations: calls, paging: linkedLists });
}

/** Entries as they are, for each to be decoded by itself. */
export function entries(all: readonly unknown[]): readonly unknown[] {
  return all;
}

/** The most entries of one page (docs, REST API, pagination). */
const pageSize = 100;

/**
 * Follows a listing by its links. A page that is lost on the way must not pass for the end, so that what
 * `x-next-page` and `x-total` announce is owed; GitLab leaves the total out of very long lists.
 */
async function* linkedLists(client: Pick<HttpClient, 'send'>, request: HttpRequest): Pages {
  let announced = 0;
  let seen = 0;
  const query = { per_page: pageSize, ...request.query };
  const itemsOf = (answer: HttpAnswer): readonly unknown[] => {
    const entries = answer.json();
    if (!Array.isArray(entries)) throw new DecodeError('the response is not a list');
    announced = Math.max(announced, totalOf(answer));
    if ((answer.headers['x-next-page'] ?? '') !== '' && nextLink(answer) === undefined) {
      throw new PagingError('a further page is announced and not linked');
    }
    return entries;
  };
  const listing = linkedPages(client, { ...request, query }, itemsOf, { further: nextNumber });
  for (;;) {
    const step = await listing.next();
    if (!step.done) {
      seen += step.value.length;
      yield step.value;
    } else if (step.value === null && seen < announced) {
      return new PagingError(`the list ends after ${seen} of ${announced} entries`);
    } else return step.value;
  }
}

function totalOf({ headers }: HttpAnswer): number {
  const total = headers['x-total'];
  if (total === undefined || total === '') return 0;
  if (/^\d{1,9}$/.test(total)) return Number(total);
  throw new DecodeError('x-total is no number');
}
