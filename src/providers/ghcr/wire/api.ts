import { arrayAt, DecodeError, numberAt, objectOf } from '../../../decode/fields.ts';
import type { HttpAnswer } from '../../../http/http.ts';
import { linkedPages, nextNumber } from '../../../http/links.ts';
import { PagingError } from '../../../http/pages.ts';
import { type HttpApi, type HttpApiOptions, httpApi } from '../../http-api.ts';
import { calls, type GhcrCall, type GhcrOperation } from '../operations.ts';
import type { Clients } from './clients.ts';
import { githubErrors } from './errors.ts';

/** Turns calls of GitHub's REST API into facts, each with the credential that is meant for it. */
export type GithubApi = HttpApi<GhcrCall>;

export function githubApi(clients: Pick<Clients, 'rest'>): GithubApi {
  const apiOf = (by: GhcrOperation['by']) =>
    httpApi<GhcrOperation, GhcrCall, unknown>({
      client: clients.rest[by],
      operations: calls,
      errors: githubErrors,
      paging,
    });
  const apis = { packages: apiOf('packages'), settings: apiOf('settings') };
  return {
    one: (name, ...rest) => apis[calls[name].by].one(name, ...rest),
    all: (name, ...rest) => apis[calls[name].by].all(name, ...rest),
    pages: (name, ...rest) => apis[calls[name].by].pages(name, ...rest),
  };
}

type Paging = HttpApiOptions<GhcrOperation, GhcrCall, unknown>['paging'];

/** The most that GitHub gives on one page (docs, Using pagination in the REST API). */
const pageSize = 100;

/** Lists are arrays, or an object that counts the entries beside them. */
const paging: Paging = async function* (client, request, { entries: key }) {
  let announced = 0;
  let seen = 0;
  const query = { per_page: pageSize, ...request.query };
  const itemsOf = (answer: HttpAnswer): readonly unknown[] => {
    const page = answer.json();
    if (key !== undefined) {
      const counted = objectOf(page, 'the response');
      announced = Math.max(announced, numberAt(counted, 'total_count'));
      return arrayAt(counted, key);
    }
    if (Array.isArray(page)) return page;
    throw new DecodeError('the response is not a list');
  };
  // What counts its entries tells by that whether a page is missing.
  const further = key === undefined ? { further: nextNumber } : {};
  const listing = linkedPages(client, { ...request, query }, itemsOf, further);
  for (;;) {
    const step = await listing.next();
    if (step.done) {
      if (step.value !== null || seen >= announced) return step.value;
      return new PagingError(`the list ends after ${seen} of ${announced} entries`);
    }
    seen += step.value.length;
    yield step.value;
  }
};
