/** Maximum pages of one listing: ten times 100,000 repositories at 100 per page. */
const mostPages = 10_000;

/** Thrown for paging that cannot be correct. */
export class PagingError extends Error {
  override readonly name = 'PagingError';
}

/** One page: its items, and the token of the next page (undefined: last page). */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/**
 * Follows a paged listing. `page` receives the token of the page to read, undefined for the first. Returns
 * null at the regular end, otherwise the error in the paging: a repeated token, or more than `most` pages,
 * so that a server cannot cause an endless loop.
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
    if (seen.has(next)) return new PagingError('the server repeats a page token');
    seen.add(next);
    token = next;
  }
  return new PagingError(`the listing has more than ${most} pages`);
}

/** All items of a paged listing. Throws `PagingError` for incorrect paging. */
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
