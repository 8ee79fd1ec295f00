/** Most pages of one listing: 100,000 repositories at 100 a page, ten times over. */
const mostPages = 10_000;

/** Thrown when a server's paging cannot be right. */
export class PagingError extends Error {
  override readonly name = 'PagingError';
}

/** One page: its items, and the token of the next page (undefined: this was the last). */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/**
 * Follows a paged listing. `page` gets the token of the page to read, undefined for the first. Returns
 * null at the proper end, else what is wrong with the paging: a token that comes again, or more than
 * `most` pages. A server must not keep us for ever.
 */
export async function* pages<T>(
  page: (token: string | undefined) => Promise<Page<T>>,
  most = mostPages,
): AsyncGenerator<readonly T[], PagingError | null> {
  const seen = new Set<string>();
  let token: string | undefined;
  for (let number = 1; number <= most; number += 1) {
    const { items, next } = await page(token);
    yield items;
    if (next === undefined) return null;
    if (seen.has(next)) return new PagingError('the server names a page it has named before');
    seen.add(next);
    token = next;
  }
  return new PagingError(`the server names more than ${most} pages`);
}

/** All items of a paged listing. Throws `PagingError` when the paging is wrong. */
export async function allPages<T>(
  page: (token: string | undefined) => Promise<Page<T>>,
): Promise<readonly T[]> {
  const all: T[] = [];
  const listing = pages(page);
  for (;;) {
    const step = await listing.next();
    if (!step.done) for (const item of step.value) all.push(item);
    else if (step.value === null) return all;
    else throw step.value;
  }
}
