import { PagingError } from '../../../http/pages.ts';
import type { Learnt } from '../../facts.ts';

/** A page of a listing whose pages are asked for by number, from 1. */
export interface NumberedPage<T> {
  /** Each with what tells it apart from all others. */
  readonly rows: readonly { readonly key: string; readonly entry: T }[];
  /** How many entries the server counts on all pages; null: it does not say. */
  readonly total: number | null;
  readonly last: boolean;
}

/** What is new on a page. */
export interface NewEntries<T> {
  readonly entries: readonly T[];
  /** An entry that was there before: the list moved while it was read. Null: there is none. */
  readonly repeated: string | null;
  /** No page comes after this one. */
  readonly last: boolean;
}

/** Most pages of one listing: a million entries. */
const mostPages = 10_000;

/**
 * Walks a listing by number: the address of the next page that an answer names may be of another host. A
 * page that brings nothing new, or an end before the server's own count, is no proper list. Ends after the
 * first page that is not known.
 */
export async function* numberedPages<T>(
  page: (number: number) => Promise<Learnt<NumberedPage<T>>>,
  improper: (error: PagingError) => Learnt<never>,
): AsyncGenerator<Learnt<NewEntries<T>>> {
  const seen = new Set<string>();
  for (let number = 1; number <= mostPages; number += 1) {
    const found = await page(number);
    if (found.state !== 'known') {
      yield found;
      return;
    }
    const { rows, total, last } = found.value;
    const before = seen.size;
    let repeated: string | null = null;
    const entries = rows.flatMap(({ key, entry }) => {
      if (seen.has(key)) {
        repeated ??= key;
        return [];
      }
      seen.add(key);
      return [entry];
    });
    yield { ...found, value: { entries, repeated, last } };
    if (last && total !== null && seen.size < total) {
      const why = `the server counts ${total} entries and gives ${seen.size}`;
      yield improper(new PagingError(why));
    }
    if (last) return;
    if (seen.size === before) {
      yield improper(new PagingError('a page brings nothing new'));
      return;
    }
  }
  yield improper(new PagingError(`the listing has more than ${mostPages} pages`));
}
