import {
  DecodeError,
  instantAt,
  type JsonObject,
  objectOf,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';
import { isIndexMediaType } from '../../../oci/kinds.ts';

/** One entry of the list of tags. */
export interface ListedTag {
  readonly name: string;
  /** ISO 8601. */
  readonly pushedAt: string;
  /** Null: not told, as of tags from long ago. */
  readonly digest: string | null;
  /** Whether Docker Hub takes it for something else than an image: a chart, a plugin, a volume. */
  readonly other: boolean;
  /** Whether a platform is told: it is an image, and nothing that cosign filed beside one. */
  readonly runs: boolean;
  /** What it leads to. Throws `AnswerError` where that is not told, as of tags from long ago. */
  readonly image: () => HubTag;
}

/** One tag of a repository. */
export interface HubTag {
  readonly name: string;
  readonly digest: string;
  readonly platforms: readonly Platform[];
  /**
   * Something for no platform is behind it besides: with BuildKit, an attestation. Or it is an index whose
   * members are not listed, as happens.
   */
  readonly holdsMore: boolean;
}

/** One image behind a tag. */
export interface Platform {
  readonly name: string;
  readonly digest: string;
}

const digestForm = /^sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})$/;

/**
 * What `content_type` says of artefacts that are no container image. What Docker Hub does not recognize may
 * be one.
 */
const otherContent: readonly unknown[] = ['helm', 'plugin', 'volume', 'compose', 'model'];

export function listedTag(entry: JsonObject): ListedTag {
  const pushed = entry['tag_last_pushed'] === null ? 'last_updated' : 'tag_last_pushed';
  return {
    name: stringAt(entry, 'name'),
    pushedAt: instantAt(entry, pushed),
    digest: isDigest(entry['digest']) ? entry['digest'] : null,
    other: otherContent.includes(entry['content_type']),
    runs: namesSystem(entry),
    image: () => hubTag(entry),
  };
}

function hubTag(entry: JsonObject): HubTag {
  const images = imagesOf(entry);
  return {
    name: stringAt(entry, 'name'),
    digest: digestAt(entry),
    platforms: images.filter((image) => !isForNoPlatform(image)).map(platformOf),
    holdsMore: images.some(isForNoPlatform) || (images.length === 0 && mayBeIndex(entry)),
  };
}

function digestAt(entry: JsonObject): string {
  const digest = stringAt(entry, 'digest');
  if (isDigest(digest)) return digest;
  throw new DecodeError('digest is no digest');
}

function isDigest(value: unknown): value is string {
  return typeof value === 'string' && digestForm.test(value);
}

/** A media type that is not told may be that of an index. */
function mayBeIndex(entry: JsonObject): boolean {
  const type = entry['media_type'];
  return typeof type !== 'string' || type === '' || isIndexMediaType(type);
}

/** The description has one image here where the API gives a list. */
function imagesOf(entry: JsonObject): readonly JsonObject[] {
  const { images } = entry;
  if (typeof images === 'object' && images !== null && !Array.isArray(images)) {
    return [objectOf(images, 'images')];
  }
  return objectsAt(entry, 'images');
}

/** What cosign files has an empty configuration. */
function namesSystem({ images }: JsonObject): boolean {
  if (!Array.isArray(images)) return false;
  return images.some((image) => {
    const os = typeof image === 'object' && image !== null ? image['os'] : '';
    return typeof os === 'string' && os !== '' && os !== 'unknown';
  });
}

/** As attestations of BuildKit are listed, but not only they. */
function isForNoPlatform(image: JsonObject): boolean {
  return image['os'] === 'unknown' && image['architecture'] === 'unknown';
}

function platformOf(image: JsonObject): Platform {
  const name = `${stringAt(image, 'os')}/${stringAt(image, 'architecture')}`;
  return { name, digest: digestAt(image) };
}
