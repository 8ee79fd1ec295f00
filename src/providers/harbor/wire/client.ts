import { AnswerError } from '../../../http/answer.ts';
import { httpClient } from '../../../http/client.ts';
import { basicOf } from '../../../http/credential-source.ts';
import type { HttpAnswer, HttpRequest } from '../../../http/http.ts';
import { linkedPages } from '../../../http/links.ts';
import { PagingError } from '../../../http/pages.ts';
import type { Secret } from '../../../http/secret.ts';
import type { ScanContext } from '../../contract.ts';
import { type OperationName, operations } from '../operations.ts';

/** What fills a path, and what is asked besides. */
export interface Where {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Makes the declared calls; answers are typed as unknown, decoding is elsewhere. */
export interface HarborClient {
  /** One answer; null: its body is empty, which is how Harbor says "nothing is set". */
  readonly one: (name: OperationName, where?: Where) => Promise<unknown>;
  /** The pages of a listing; ends with null, or with what is wrong with the paging. */
  readonly pages: (
    name: OperationName,
    where?: Where,
  ) => AsyncGenerator<readonly unknown[], PagingError | null>;
  /** All entries of a listing. */
  readonly all: (name: OperationName, where?: Where) => Promise<readonly unknown[]>;
  /** How many calls have been made, retries not counted. */
  readonly calls: () => number;
  readonly close: () => Promise<void>;
}

export interface ClientOptions {
  /** For whom the calls count, in progress reports. */
  readonly registry: string;
  /** `https://host[:port][/prefix]`, without a slash at its end. */
  readonly base: string;
  readonly username: Secret;
  readonly password: Secret;
  readonly context: Pick<
    ScanContext,
    'concurrency' | 'signal' | 'patience' | 'environment' | 'caFile' | 'progress'
  >;
}

/** The most Harbor gives on one page (its description, `pageSize.maximum`). */
const pageSize = 100;

/** No cookie is kept: with a session cookie Harbor would ask for a CSRF token (middleware/csrf). */
export function harborClient(options: ClientOptions): HarborClient {
  const { registry, context } = options;
  const credential = basicOf(options.username, options.password);
  const http = httpClient({
    base: `${options.base}/api/v2.0`,
    concurrency: context.concurrency,
    signal: context.signal,
    patience: context.patience,
    environment: context.environment,
    caFile: context.caFile,
    authorize: async () => credential,
    onCall: (operation) => context.progress({ kind: 'call', registry, operation }),
    onThrottled: (operation) => context.progress({ kind: 'throttled', registry, operation }),
    onExchange: (exchange) => context.progress({ kind: 'exchange', registry, ...exchange }),
  });

  const listed = (name: OperationName, where: Where = {}) => {
    const { params, query, headers } = where;
    const request = requestOf(name, {
      ...(params === undefined ? {} : { params }),
      ...(headers === undefined ? {} : { headers }),
      query: { page: 1, page_size: pageSize, ...query },
    });
    return counted((itemsOf) => linkedPages(http, request, itemsOf));
  };

  return {
    calls: () => http.calls(),
    close: () => http.close(),
    one: (name, where = {}) => http.json(requestOf(name, where)),
    pages: listed,
    all: async (name, where) => {
      const all: unknown[] = [];
      const listing = listed(name, where);
      for (;;) {
        const step = await listing.next();
        if (!step.done) for (const item of step.value) all.push(item);
        else if (step.value === null) return all;
        else throw step.value;
      }
    },
  };
}

type Listing = AsyncGenerator<readonly unknown[], PagingError | null>;

/**
 * Holds a listing to the greatest number of entries that its pages announce: a page that is lost on the way
 * must not pass for the end. Every listing of Harbor carries `x-total-count`.
 */
async function* counted(
  follow: (itemsOf: (answer: HttpAnswer) => readonly unknown[]) => Listing,
): Listing {
  let announced = 0;
  let seen = 0;
  const listing = follow((answer) => {
    const items = answer.json();
    if (!Array.isArray(items)) throw new AnswerError('the answer is not a list');
    // A page that is answered as to a stranger announces less; what was announced once is owed.
    announced = Math.max(announced, totalOf(answer));
    return items;
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
  throw new AnswerError('x-total-count does not tell how long the list is');
}

function requestOf(operation: OperationName, { params = {}, query, headers }: Where): HttpRequest {
  const { path } = operations[operation];
  if (path === null) throw new Error(`${operation} is no call of the API`);
  return {
    operation,
    path: path.replace(/\{(\w+)\}/g, (_, key: string) => segmentOf(key, params[key])),
    ...(query === undefined ? {} : { query }),
    ...(headers === undefined ? {} : { headers }),
  };
}

/** A repository is encoded twice: Harbor's router takes off one layer before it looks for slashes. */
function segmentOf(key: string, value: string | number | undefined): string {
  const text = String(value);
  if (value === undefined || /^\.*$/.test(text))
    throw new AnswerError(`the ${key} has no usable name`);
  const once = encodeURIComponent(text);
  return key === 'repository' ? encodeURIComponent(once) : once;
}
