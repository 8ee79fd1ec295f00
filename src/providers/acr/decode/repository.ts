import {
  type Answer,
  AnswerError,
  flagAt,
  instantAt,
  maybeObjects,
  maybeTexts,
  objectAt,
  objectOf,
  textAt,
} from '../../../http/answer.ts';
import type { TagLock } from '../../../model/tag-lock.ts';
import { matchesAny } from '../../../model/wildcard.ts';

/** Reads a page of Catalog_List. The field is null where there are no repositories. */
export function namesIn(raw: unknown): readonly string[] {
  return maybeTexts(objectOf(raw, 'the answer'), 'repositories').map((name) => {
    if (name !== '') return name;
    throw new AnswerError('a repository has an empty name');
  });
}

/** Whether a whole repository is locked: no image in it can be pushed, moved or deleted. */
export function repositoryLocked(raw: unknown): boolean {
  return !writable(objectOf(raw, 'the answer'));
}

function writable(entry: Answer): boolean {
  return flagAt(objectAt(entry, 'changeableAttributes'), 'writeEnabled');
}

export interface Tag {
  readonly name: string;
  readonly digest: string;
  readonly updatedAt: string;
  readonly locked: boolean;
}

const digestForm = /^sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})$/;

/** Reads a page of Tags_List. */
export function tagsIn(raw: unknown): readonly Tag[] {
  return maybeObjects(objectOf(raw, 'the answer'), 'tags').map((entry) => {
    const digest = textAt(entry, 'digest');
    if (!digestForm.test(digest)) throw new AnswerError('digest is not one');
    return {
      name: textAt(entry, 'name'),
      digest,
      updatedAt: instantAt(entry, 'lastUpdateTime'),
      locked: !writable(entry),
    };
  });
}

/** Locks are set tag by tag; there is none that would hold for tags to come. */
export function tagLockOf(locked: boolean, tags: readonly Tag[]): TagLock {
  if (locked) return { mode: 'all' };
  const patterns = tags.filter((tag) => tag.locked).map(({ name }) => name);
  return patterns.length === 0 ? { mode: 'none' } : { mode: 'only', patterns };
}

/** Tags that stand for what is attached to an image, in the way of OCI or of cosign. */
const attachmentTag = /^sha(256|512)-[0-9a-f]{64,128}(\.[a-z0-9]+)?$/;

/** The images that stand for a repository: the newest, and those whose tags match; each digest once. */
export function chosen(
  tags: readonly Tag[],
  newest: number,
  wanted: readonly string[],
): readonly Tag[] {
  const images = tags
    .filter(({ name }) => !attachmentTag.test(name))
    .toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : a.updatedAt > b.updatedAt ? -1 : 0));
  const byDigest = new Map<string, Tag>();
  for (const tag of images) if (!byDigest.has(tag.digest)) byDigest.set(tag.digest, tag);
  const first = [...byDigest.values()].slice(0, newest);
  const named = images.filter(({ name }) => matchesAny(wanted, name));
  const all = new Map([...first, ...named].map((tag) => [tag.digest, tag]));
  return [...all.values()];
}

export function imageName({ name, digest }: Tag): string {
  return `${name}@${digest}`;
}

/** Whether any manifest of a page is of the OCI format, which retention passes over (retention guide). */
export function holdsOciImages(raw: unknown): boolean {
  return maybeObjects(objectOf(raw, 'the answer'), 'manifests').some((entry) =>
    textAt(entry, 'mediaType').startsWith('application/vnd.oci.'),
  );
}
