import { type JsonObject, stringAt } from '../../../decode/fields.ts';
import type { HttpClient } from '../../../http/http.ts';
import { inQuarters } from '../../../http/numbered.ts';
import { oncePer } from '../../../http/once.ts';
import { known, type Learnt } from '../../facts.ts';
import { type HttpCall, type HttpCalls, httpCalls } from '../../http-api.ts';
import { pageOf } from '../decode/page.ts';
import { calls, type HubCall, type HubListing } from '../operations.ts';
import { type NewEntries, numberedPages } from './paging.ts';

/** Turns calls of the Docker Hub API into facts. */
export interface DockerHubApi extends HttpCalls<HubCall> {
  /** Every page of a listing, as one list of entries. */
  readonly all: <T>(
    name: HubListing,
    decode: (entries: readonly JsonObject[]) => T,
    call?: HttpCall,
  ) => Promise<Learnt<T>>;
  /** What walks a listing page by page; whoever walks it, each page is asked for once. */
  readonly pages: <T>(
    name: HubListing,
    decode: (entry: JsonObject) => T,
    call?: HttpCall,
  ) => () => AsyncGenerator<Learnt<NewEntries<T>>>;
}

/** The most that repositories and tags have on a page (API reference); other listings may give fewer. */
const pageSize = 100;

export function dockerHubApi(sender: Pick<HttpClient, 'send'>): DockerHubApi {
  const client = inQuarters(sender, (raw) => pageOf(raw).last);
  const { one } = httpCalls({ client, operations: calls });
  const pages: DockerHubApi['pages'] = (name, decode, call) => {
    const { key, permission } = calls[name];
    const page = oncePer((number) => {
      const query = { page: number, page_size: pageSize };
      const decoded = (raw: unknown) => {
        const { rows, ...rest } = pageOf(raw);
        return {
          ...rest,
          rows: rows.map((row) => ({ key: stringAt(row, key), entry: decode(row) })),
        };
      };
      return one(name, decoded, { ...call, query });
    });
    return () =>
      numberedPages(
        (number) => page(String(number)),
        (error) =>
          known(name, permission, () => {
            throw error;
          }),
      );
  };
  return {
    one,
    pages,
    all: async (name, decode, call) => {
      const all: JsonObject[] = [];
      for await (const page of pages(name, (entry) => entry, call)()) {
        if (page.state !== 'known') return page;
        for (const entry of page.value.entries) all.push(entry);
      }
      return known(name, calls[name].permission, () => decode(all));
    },
  };
}
