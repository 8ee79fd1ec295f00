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

/** Follows a listing with `link: rel="next"`. Yields and returns as `pages`; `most`: maximum number of pages. */
export function linkedPages<T>(
  client: Pick<HttpClient, 'send'>,
  request: HttpRequest,
  itemsOf: (answer: HttpAnswer) => readonly T[],
  most?: number,
): AsyncGenerator<readonly T[], PagingError | null> {
  return pages(async (address): Promise<Page<T>> => {
    // The URL of the next page has its own query.
    const { query = {}, ...plain } = request;
    const answer = await client.send(
      address === undefined ? { ...request, ...smallerPage(query) } : { ...plain, path: address },
    );
    return { items: itemsOf(answer), next: nextLink(answer) };
  }, most);
}

/** The names of the page size parameter at vendors. */
const pageSizes = ['page_size', 'n', 'per_page', 'limit', 'pageSize', 'maxResults'] as const;

/** A quarter of the requested page size; the following links keep it. */
export function smallerPage(
  query: NonNullable<HttpRequest['query']>,
): Pick<HttpRequest, 'smaller'> {
  const name = pageSizes.find((one) => Number(query[one]) >= 4);
  return name === undefined ? {} : { smaller: { [name]: Math.floor(Number(query[name]) / 4) } };
}
