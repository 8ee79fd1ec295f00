import { matchesAny } from '../model/wildcard.ts';
import { isFallbackTag } from './fallback-tags.ts';

/** Which images stand for a repository: so many of the newest, and those with matching tags if any are named. */
export interface Choice {
  readonly newest: number;
  readonly tags: readonly string[];
}

/** How a listing tells of its images; a row is an image, or a tag of one. */
export interface ImageRows<R> {
  readonly tagsOf: (row: R) => readonly string[];
  readonly newestFirst: (a: R, b: R) => number;
  /** What rows of the same image share. Not asked of rows that are too old to be chosen. */
  readonly imageOf: (row: R) => string;
}

export interface NewestImages<R> {
  /** Whether any image has a tag. */
  readonly tagged: boolean;
  /** Newest first, each image once. */
  readonly images: readonly R[];
}

export const noImages: NewestImages<never> = { tagged: false, images: [] };

/**
 * The images a repository is judged by: the newest tagged ones, of those with a wanted tag if any are
 * wanted. Where nothing is tagged, images are deployed by digest, and the newest untagged ones are judged.
 * `rows`: images alone, nothing that is attached to one. `before`: what was chosen from earlier rows; no
 * more is kept than is wanted.
 */
export function newestImages<R>(
  rows: readonly R[],
  { newest, tags }: Choice,
  { tagsOf, newestFirst, imageOf }: ImageRows<R>,
  before: NewestImages<R> = noImages,
): NewestImages<R> {
  const named = rows.filter((row) => tagsOf(row).length > 0);
  const tagged = before.tagged || named.length > 0;
  const wanted = (row: R) => tags.length === 0 || tagsOf(row).some((tag) => matchesAny(tags, tag));
  const earlier = before.tagged === tagged ? before.images : [];
  const fitting = [...earlier, ...(tagged ? named.filter(wanted) : rows)].sort(newestFirst);
  const images = new Map<string, R>();
  for (const row of fitting) {
    if (images.size >= newest) break;
    const image = imageOf(row);
    if (!images.has(image)) images.set(image, row);
  }
  return { tagged, images: [...images.values()] };
}

/** Whether what has these tags is an image of its own, and not what is filed under a tag of another's digest. */
export function isOwnImage(tags: readonly string[]): boolean {
  return tags.length === 0 || tags.some((tag) => !isFallbackTag(tag));
}

/** As much of a digest as people compare. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}
