import {
  DecodeError,
  instantAt,
  type JsonObject,
  objectOf,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';

/** One entry of the list of tags. */
export interface ListedTag {
  readonly name: string;
  /** ISO 8601. */
  readonly pushedAt: string;
  /** What it leads to. Throws `AnswerError` where that is not told, as of tags from long ago. */
  readonly image: () => HubTag;
}

/** One tag of a repository. */
export interface HubTag {
  readonly name: string;
  readonly digest: string;
  readonly platforms: readonly Platform[];
  /** What is or may be behind it besides, such as an attestation of BuildKit; null: nothing. */
  readonly holdsMore: string | null;
}

/** One image behind a tag. */
export interface Platform {
  readonly name: string;
  readonly digest: string;
}

const digestForm = /^sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})$/;

export function listedTag(entry: JsonObject): ListedTag {
  const pushed = entry['tag_last_pushed'] === null ? 'last_updated' : 'tag_last_pushed';
  return {
    name: stringAt(entry, 'name'),
    pushedAt: instantAt(entry, pushed),
    image: () => hubTag(entry),
  };
}

function hubTag(entry: JsonObject): HubTag {
  const images = imagesOf(entry);
  return {
    name: stringAt(entry, 'name'),
    digest: digestAt(entry),
    platforms: images.filter((image) => !isForNoPlatform(image)).map(platformOf),
    holdsMore: more(entry, images),
  };
}

/** Some tags have no image although they lead to an index (docker/hub-feedback#2484). */
function more(entry: JsonObject, images: readonly JsonObject[]): string | null {
  if (images.some(isForNoPlatform)) return 'an entry for no platform';
  const lists = !singleImages.includes(String(entry['media_type']));
  return images.length === 0 && lists ? 'entries that Docker Hub does not list' : null;
}

/** Types of manifests that are one image and hold no others. */
const singleImages = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

function digestAt(entry: JsonObject): string {
  const digest = stringAt(entry, 'digest');
  if (digestForm.test(digest)) return digest;
  throw new DecodeError('digest is no digest');
}

/** The description has one image here where the API gives a list. */
function imagesOf(entry: JsonObject): readonly JsonObject[] {
  const { images } = entry;
  if (typeof images === 'object' && images !== null && !Array.isArray(images)) {
    return [objectOf(images, 'images')];
  }
  return objectsAt(entry, 'images');
}

/** As attestations of BuildKit are listed, but not only they. */
function isForNoPlatform(image: JsonObject): boolean {
  return image['os'] === 'unknown' && image['architecture'] === 'unknown';
}

function platformOf(image: JsonObject): Platform {
  const name = `${stringAt(image, 'os')}/${stringAt(image, 'architecture')}`;
  return { name, digest: digestAt(image) };
}
