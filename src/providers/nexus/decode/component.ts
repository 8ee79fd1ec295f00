import {
  DecodeError,
  instantAt,
  type JsonObject,
  objectAt,
  objectOf,
  objectsAt,
  stringAt,
} from '../../../decode/fields.ts';

/** A tag of an image: components of the docker and oci formats are tags. */
export interface TaggedImage {
  readonly image: string;
  readonly tag: string;
  readonly digest: string;
  /** ISO 8601: when the tag was last pushed, or fetched by a proxy. */
  readonly at: string;
  /** Whether it may be an index of images, which may hold attestations. */
  readonly mayBeIndex: boolean;
}

/** Manifests of a single image. */
const imageManifests: readonly unknown[] = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** A component of the list. Its manifest is the asset whose path ends with the tag. */
export function taggedImage(raw: unknown): TaggedImage {
  const component = objectOf(raw, 'a component');
  const image = stringAt(component, 'name');
  const tag = stringAt(component, 'version');
  const manifest = objectsAt(component, 'assets').find((asset) => isManifestOf(asset, tag));
  if (manifest === undefined) throw new DecodeError(`${image}:${tag} has no manifest`);
  const hash = stringAt(objectAt(manifest, 'checksum'), 'sha256');
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new DecodeError('sha256 is not a hash');
  return {
    image,
    tag,
    digest: `sha256:${hash}`,
    at: instantAt(manifest, 'lastModified'),
    mayBeIndex: !imageManifests.includes(manifest['contentType']),
  };
}

function isManifestOf(asset: JsonObject, tag: string): boolean {
  return stringAt(asset, 'path').endsWith(`/manifests/${tag}`);
}
