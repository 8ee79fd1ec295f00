import { matchesAny } from '../model/wildcard.ts';
import { isAttachmentTag } from './fallback-tags.ts';

/** Which images represent a repository: the number of newest images, and wildcards for their tags if any. */
export interface Choice {
  readonly newest: number;
  readonly tags: readonly string[];
}

/** How to read the rows of a listing; a row is an image or a tag. */
export interface ImageRows<R> {
  readonly tagsOf: (row: R) => readonly string[];
  readonly newestFirst: (a: R, b: R) => number;
  /** The identity shared by rows of one image. Not called for rows that are too old. */
  readonly imageOf: (row: R) => string;
}

export interface NewestImages<R> {
  /** Whether any image is tagged. */
  readonly tagged: boolean;
  /** Newest first, each image once. */
  readonly images: readonly R[];
}

export const noImages: NewestImages<never> = { tagged: false, images: [] };

/**
 * Selects the images that represent a repository: the newest tagged images, limited to matching tags if any
 * are given. If no image is tagged, images are deployed by digest, and the newest untagged ones are
 * selected. `rows`: images only, no attachments. `before`: the selection from earlier rows.
 */
export function newestImages<R>(
  rows: readonly R[],
  { newest, tags }: Choice,
  { tagsOf, newestFirst, imageOf }: ImageRows<R>,
  before: NewestImages<R> = noImages,
): NewestImages<R> {
  const named = rows.filter((row) => tagsOf(row).length > 0);
  const tagged = before.tagged || named.length > 0;
  const isSelected = (row: R) =>
    tags.length === 0 || tagsOf(row).some((tag) => matchesAny(tags, tag));
  const earlier = before.tagged === tagged ? before.images : [];
  const fitting = [...earlier, ...(tagged ? named.filter(isSelected) : rows)].sort(newestFirst);
  const images = new Map<string, R>();
  for (const row of fitting) {
    if (images.size >= newest) break;
    const image = imageOf(row);
    if (!images.has(image)) images.set(image, row);
  }
  return { tagged, images: [...images.values()] };
}

/** Whether an image with these tags is not an attachment of another image, as far as tags can tell. */
export function isOwnImage({
  tags,
  digest,
}: {
  readonly tags: readonly string[];
  readonly digest: string;
}): boolean {
  return tags.length === 0 || tags.some((tag) => !isAttachmentTag(tag, digest));
}

/** A digest shortened for people. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}
