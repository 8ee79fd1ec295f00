import {
  DecodeError,
  type JsonObject,
  numberAt,
  objectOf,
  objectsAt,
} from '../../../decode/fields.ts';

/** A page of a numbered listing. */
export interface HubPage {
  readonly rows: readonly JsonObject[];
  /** How many entries the server counts on all pages; null: it does not say. */
  readonly total: number | null;
  /** No page comes after this one. */
  readonly last: boolean;
}

/**
 * Reads a page. The description has members as an array of pages where clients of Docker see one page;
 * both are read. Access tokens of organizations are counted in `total`, everything else in `count`.
 */
export function pageOf(raw: unknown): HubPage {
  const parts = Array.isArray(raw) ? raw : [raw];
  const pages = parts.map((part) => objectOf(part, 'a page'));
  const [first] = pages;
  const final = pages.at(-1);
  if (first === undefined || final === undefined) throw new DecodeError('there is no page');
  const total = totalOf(first);
  if (total === null && final['next'] === undefined) {
    throw new DecodeError('neither next nor a count tells whether there are more pages');
  }
  return { rows: pages.flatMap((page) => objectsAt(page, 'results')), total, last: isLast(final) };
}

function totalOf(page: JsonObject): number | null {
  for (const key of ['count', 'total']) if (page[key] !== undefined) return numberAt(page, key);
  return null;
}

/** `next` is null, empty or absent on the last page, else an address. */
function isLast({ next }: JsonObject): boolean {
  if (next === undefined || next === null || next === '') return true;
  if (typeof next === 'string') return false;
  throw new DecodeError('next is not an address');
}
