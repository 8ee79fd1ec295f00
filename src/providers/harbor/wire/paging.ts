import { DecodeError } from '../../../decode/fields.ts';
import type { HttpAnswer, HttpClient, HttpRequest } from '../../../http/http.ts';
import { linkedPages } from '../../../http/links.ts';
import { PagingError } from '../../../http/pages.ts';
import type { Pages } from '../../facts.ts';

/** The most Harbor gives on one page (its description, `pageSize.maximum`). */
const pageSize = 100;

/**
 * Follows a listing by its links and holds it to the greatest number of entries that its pages announce: a
 * page that is lost on the way must not pass for the end. Every listing of Harbor carries `x-total-count`.
 */
export async function* countedPages(client: Pick<HttpClient, 'send'>, request: HttpRequest): Pages {
  let announced = 0;
  let seen = 0;
  const query = { page: 1, page_size: pageSize, ...request.query };
  const listing = linkedPages(client, { ...request, query }, (answer) => {
    const items = answer.json();
    if (!Array.isArray(items)) throw new DecodeError('the answer is not a list');
    // A page that is answered as to a stranger announces less; what was announced once is owed.
    announced = Math.max(announced, totalOf(answer));
    return items as readonly unknown[];
  });
  for (;;) {
    const step = await listing.next();
    if (!step.done) {
      seen += step.value.length;
      yield step.value;
      continue;
    }
    if (step.value === null && seen < announced) {
      return new PagingError(`the list ends after ${seen} of ${announced} entries`);
    }
    return step.value;
  }
}

function totalOf({ headers }: HttpAnswer): number {
  const total = headers['x-total-count'];
  if (total !== undefined && /^\d{1,9}$/.test(total)) return Number(total);
  throw new DecodeError('x-total-count does not tell how long the list is');
}
