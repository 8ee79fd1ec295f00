import {
  booleanAt,
  DecodeError,
  instantAt,
  type JsonObject,
  maybeObjects,
  maybeString,
  maybeStrings,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';
import type { TagLock } from '../../../model/tag-lock.ts';
import { isOtherArtifact } from '../../../oci/artifact-kinds.ts';
import { isAttachmentTag } from '../../../oci/fallback-tags.ts';
import { type ImageRows, newestImages, shortDigest } from '../../../oci/newest-images.ts';

/** Reads a page of Catalog_List. The field is null where there are no repositories. */
export function namesIn(raw: unknown): readonly string[] {
  const answer = objectOf(raw, 'the answer');
  if (answer['repositories'] === undefined) throw new DecodeError('repositories is missing');
  return maybeStrings(answer, 'repositories').map((name) => {
    if (name !== '') return name;
    throw new DecodeError('a repository has an empty name');
  });
}

/** An answer about one repository, which it names. Throws when it is about another one. */
function answerAbout(raw: unknown, repository: string): JsonObject {
  const answer = objectOf(raw, 'the answer');
  if (stringAt(answer, 'imageName') === repository) return answer;
  throw new DecodeError('the answer is about another repository');
}

/** Whether a whole repository is locked: no image in it can be pushed, moved or deleted. */
export function repositoryLocked(raw: unknown, repository: string): boolean {
  return !writable(answerAbout(raw, repository));
}

function writable(entry: JsonObject): boolean {
  return booleanAt(objectAt(entry, 'changeableAttributes'), 'writeEnabled');
}

export interface Tag {
  readonly name: string;
  readonly digest: string;
  readonly updatedAt: string;
  readonly locked: boolean;
}

const digestForm = /^sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})$/;

/** Reads a page of Tags_List. */
export function tagsIn(raw: unknown, repository: string): readonly Tag[] {
  return maybeObjects(answerAbout(raw, repository), 'tags').map((entry) => {
    const digest = stringAt(entry, 'digest');
    if (!digestForm.test(digest)) throw new DecodeError('digest is not one');
    return {
      name: stringAt(entry, 'name'),
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

/** The images that a repository is judged by. Null: no tag names one, so that only untagged could be there. */
export function chosen(
  tags: readonly Tag[],
  running: ReadonlySet<string>,
  newest: number,
  wanted: readonly string[],
): readonly Tag[] | null {
  const own = tags.filter(
    ({ name, digest }) => running.has(digest) || !isAttachmentTag(name, digest),
  );
  const { tagged, images } = newestImages(own, { newest, tags: wanted }, imageRows);
  return tagged ? images : null;
}

const imageRows: ImageRows<Tag> = {
  tagsOf: ({ name }) => [name],
  newestFirst: (a, b) => b.updatedAt.localeCompare(a.updatedAt) || a.name.localeCompare(b.name),
  imageOf: ({ digest }) => digest,
};

export function newestFirst(tags: readonly Tag[]): readonly Tag[] {
  return tags.toSorted(imageRows.newestFirst);
}

/** How an image is named in findings: a tag, and as much of its digest as people compare. */
export function imageName({ name, digest }: Tag): string {
  return `${name} (${shortDigest(digest)})`;
}

/** How many entries a page of tags or manifests is asked to have. */
export const mostOnPage = 100;

/** What the newest manifests of a repository tell; its tags are in another list. */
export interface Manifests {
  /** Whether there may be an image among all, whatever its tags. */
  readonly mayHoldImages: boolean;
  /** Some are not of Docker's format, and retention passes over those (retention guide). */
  readonly oci: boolean;
  /** Digests of those that are other artefacts than images, such as Helm charts. */
  readonly others: ReadonlySet<string>;
  /** Digests of those that are surely no index, in which attestations might be. */
  readonly single: ReadonlySet<string>;
  /** Digests of those that name the system they run on: images, whatever their tags. */
  readonly running: ReadonlySet<string>;
}

const singleImage = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** Reads a page of Manifests_List. */
export function manifestsIn(raw: unknown, repository: string): Manifests {
  const entries = maybeObjects(answerAbout(raw, repository), 'manifests');
  const types = entries.map((entry) => stringAt(entry, 'mediaType'));
  return {
    // What is beyond a full page is not told.
    mayHoldImages: !entries.every(isOther) || entries.length >= mostOnPage,
    oci: types.some((type) => !type.startsWith('application/vnd.docker.')),
    others: new Set(entries.filter(isOther).map((entry) => stringAt(entry, 'digest'))),
    single: new Set(
      entries
        .filter((entry) => singleImage.includes(stringAt(entry, 'mediaType')))
        .map((entry) => stringAt(entry, 'digest')),
    ),
    running: new Set(entries.filter(namesSystem).map((entry) => stringAt(entry, 'digest'))),
  };
}

/** What cosign files has an empty configuration. */
function namesSystem({ os }: JsonObject): boolean {
  return typeof os === 'string' && os !== '' && os !== 'unknown';
}

/** An index has no configuration, and registries left the field out before it was in the API. */
function isOther(entry: JsonObject): boolean {
  return isOtherArtifact(maybeString(entry, 'configMediaType'));
}
