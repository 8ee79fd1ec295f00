import type { HttpAnswer, HttpClient, HttpRequest } from './http.ts';
import { type Page, PagingError, pages } from './pages.ts';

export interface Link {
  readonly target: string;
  /** Relation types in lower case. */
  readonly relations: readonly string[];
}

const longestHeader = 16 * 1024;

/** Parses a `link` header (RFC 8288) in one pass. Throws `PagingError` if malformed. */
export function linksOf(header: string): readonly Link[] {
  if (header.length > longestHeader) throw new PagingError('the link header is too long');
  const links: Link[] = [];
  let rest = header.trim();
  while (rest !== '') {
    const end = rest.indexOf('>');
    if (!rest.startsWith('<') || end === -1) throw new PagingError('the link header is malformed');
    const { parameters, after } = parametersOf(rest.slice(end + 1));
    links.push({
      target: rest.slice(1, end).trim(),
      relations: (parameters.get('rel') ?? '').toLowerCase().split(/\s+/),
    });
    rest = after;
  }
  return links;
}

/** The parameters up to the comma that ends a link; the first of equal names counts (RFC 8288, 3.3). */
function parametersOf(text: string): { parameters: ReadonlyMap<string, string>; after: string } {
  const parameters = new Map<string, string>();
  const pieces: string[] = [];
  let quoted = false;
  let start = 0;
  let at = 0;
  for (; at < text.length && (quoted || text[at] !== ','); at += 1) {
    if (quoted && text[at] === '\\') at += 1;
    else if (text[at] === '"') quoted = !quoted;
    else if (!quoted && text[at] === ';') {
      pieces.push(text.slice(start, at));
      start = at + 1;
    }
  }
  pieces.push(text.slice(start, at));
  for (const piece of pieces) {
    const [name = '', ...value] = piece.split('=');
    const key = name.trim().toLowerCase();
    if (key !== '' && !parameters.has(key)) parameters.set(key, unquoted(value.join('=').trim()));
  }
  return { parameters, after: text.slice(at + 1).trim() };
}

function unquoted(value: string): string {
  if (!value.startsWith('"') || !value.endsWith('"') || value.length < 2) return value;
  return value.slice(1, -1).replace(/\\(.)/g, '$1');
}

/**
 * The next page as a `path` for `HttpRequest`; undefined: this was the last page. Throws `PagingError` if
 * the response names several next pages or another origin.
 */
export function nextLink(answer: Pick<HttpAnswer, 'url' | 'headers'>): string | undefined {
  const header = answer.headers['link'];
  if (header === undefined) return undefined;
  const next = linksOf(header).filter(({ relations }) => relations.includes('next'));
  if (next.length > 1) throw new PagingError('the response names several next pages');
  return next[0] === undefined ? undefined : pageAddress(next[0].target, answer.url);
}

/** Resolves the URL of a page against the URL of the response that names it. Throws `PagingError` for another origin. */
export function pageAddress(target: string, from: string): string {
  if (!URL.canParse(target, from))
    throw new PagingError('the address of the next page is not a URL');
  const url = new URL(target, from);
  if (url.origin !== new URL(from).origin) {
    throw new PagingError(`the next page is at another origin, ${url.origin}`);
  }
  return url.href;
}

/**
 * The URL of the page after a full one that names none; null: the listing has no such URL. In: the URL of
 * the full page, and its entries.
 */
export type FurtherPage<T> = (page: URL, entries: readonly T[]) => URL | null;

/** Limits of a listing, and how it goes on where a proxy dropped the `link` header. */
export interface LinkedOptions<T> {
  /** Maximum number of pages. */
  readonly most?: number;
  /** Absent: what the response announces (a total) tells that a page is missing. */
  readonly further?: FurtherPage<T>;
  /** How many entries a page holds, where `itemsOf` does not return them one by one. */
  readonly sizeOf?: (items: readonly T[]) => number;
}

/**
 * Follows a listing with `link: rel="next"`. Yields and returns as `pages`. A page with as many entries as
 * were asked for and without a `link` header is the last one only if the `further` page is empty.
 */
export function linkedPages<T>(
  client: Pick<HttpClient, 'send'>,
  request: HttpRequest,
  itemsOf: (answer: HttpAnswer) => readonly T[],
  { most, further, sizeOf = ({ length }) => length }: LinkedOptions<T> = {},
): AsyncGenerator<readonly T[], PagingError | null> {
  // The URL of the next page has its own query.
  const { query = {}, ...plain } = request;
  const first = { ...request, ...smallerPage(query) };
  let before = '';
  return pages(async (address): Promise<Page<T>> => {
    const answer = await client.send(address === undefined ? first : { ...plain, path: address });
    const items = itemsOf(answer);
    const next = nextLink(answer);
    if (next !== undefined || further === undefined || answer.headers['link'] !== undefined)
      return { items, next };
    const page = new URL(address ?? withQuery(answer.url, query));
    const size = askedSize(page);
    const count = sizeOf(items);
    // Only a first page may have been asked for smaller.
    const isFull =
      count > 0 &&
      (count === size.value || (address === undefined && count === quarter(size.value)));
    if (!isFull) return { items, next: undefined };
    // A server that does not know the parameters of `further` sends the same page without end.
    const content = JSON.stringify(items);
    if (content === before) throw new PagingError('a page comes that came before');
    before = content;
    page.searchParams.set(size.name, String(count));
    const beyond = further(page, items);
    if (beyond === null) throw new PagingError('a full page does not say whether another follows');
    return { items, next: beyond.href };
  }, most);
}

function withQuery(url: string, query: NonNullable<HttpRequest['query']>): string {
  const whole = new URL(url);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) whole.searchParams.set(name, String(value));
  return whole.href;
}

/** How many entries a URL asks for; 0: it does not say. */
function askedSize({ searchParams }: URL): { readonly name: string; readonly value: number } {
  const name = pageSizes.find((one) => Number(searchParams.get(one)) > 0) ?? '';
  return { name, value: Number(searchParams.get(name)) };
}

/** The page after the one of this number (`page=`). A URL with a cursor has none. */
export function nextNumber(page: URL): URL | null {
  if (cursors.some((name) => page.searchParams.has(name))) return null;
  const next = new URL(page);
  next.searchParams.set('page', String(Number(page.searchParams.get('page') ?? 1) + 1));
  return next;
}

const cursors = ['after', 'before', 'cursor', 'id_after'] as const;

/** The names of the page size parameter at vendors. */
const pageSizes = ['page_size', 'n', 'per_page', 'limit', 'pageSize', 'maxResults'] as const;

/** A quarter of the requested page size; the following links keep it. */
export function smallerPage(
  query: NonNullable<HttpRequest['query']>,
): Pick<HttpRequest, 'smaller'> {
  const name = pageSizes.find((one) => Number(query[one]) >= 4);
  return name === undefined ? {} : { smaller: { [name]: quarter(Number(query[name])) } };
}

function quarter(size: number): number {
  return Math.floor(size / 4);
}
