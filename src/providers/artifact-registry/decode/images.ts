import {
  enumAt,
  groupsOf,
  type JsonObject,
  maybeObjects,
  maybeString,
  maybeStrings,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';
import { isOtherArtifact } from '../../../oci/artifact-kinds.ts';
import { isFallbackTag, tagsOf } from '../../../oci/fallback-tags.ts';
import { type Doubt, isIndexMediaType } from '../../../oci/kinds.ts';
import {
  type ImageRows,
  isOwnImage,
  newestImages,
  shortDigest,
} from '../../../oci/newest-images.ts';

/** One row of dockerImages: an image, an index, or what is attached to one. */
export interface ImageRow {
  /** `europe-west4-docker.pkg.dev/P/R/IMAGE@sha256:…` */
  readonly uri: string;
  readonly image: string;
  readonly digest: string;
  readonly tags: readonly string[];
  /** Milliseconds since 1970. */
  readonly uploadedAt: number;
  readonly mediaType: string;
  /** Empty: none, as of an image. */
  readonly artifactType: string;
  /** Of an index: its members, as `os/architecture`; empty: they are not told. */
  readonly members: readonly string[];
}

const nameForm = /\/dockerImages\/(.+)@(sha256:[0-9a-f]{64})$/;

/** As the vendor's client hands it on: text that is not set is empty. */
export function imageRow(raw: unknown): ImageRow {
  const row = objectOf(raw, 'an image');
  const [image, digest] = groupsOf(nameForm, decodeURIComponent(stringAt(row, 'name')));
  if (image === undefined || digest === undefined) throw new Error('name is not that of an image');
  return {
    uri: stringAt(row, 'uri'),
    image,
    digest,
    tags: maybeStrings(row, 'tags'),
    uploadedAt: milliseconds(objectAt(row, 'uploadTime')),
    mediaType: enumAt(row, 'mediaType', [...imageTypes, ...artifactTypes]),
    artifactType: row['artifactType'] === '' ? '' : stringAt(row, 'artifactType'),
    members: maybeObjects(row, 'imageManifests').map(
      ({ os, architecture }) => `${String(os)}/${String(architecture)}`,
    ),
  };
}

/** google.protobuf.Timestamp as the client hands it on: seconds as text, nanoseconds as a number. */
function milliseconds(time: JsonObject): number {
  const seconds = Number(time['seconds']);
  if (!Number.isFinite(seconds) || seconds <= 0) throw new Error('uploadTime is no point in time');
  return seconds * 1000 + Number(time['nanos']) / 1_000_000;
}

const imageTypes = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v1+prettyjws',
  'application/vnd.docker.distribution.manifest.v1+json',
];

/**
 * Whether attestations may be among the members of an index: BuildKit adds them as members of an unknown
 * platform (BuildKit, attestation storage). Also where the members are not told.
 */
export function mayHoldAttestations({ mediaType, members }: ImageRow): boolean {
  if (!isIndexMediaType(mediaType)) return false;
  return members.length === 0 || members.includes('unknown/unknown');
}

/** The manifest that OCI has withdrawn again: never an image. */
const artifactTypes = ['application/vnd.oci.artifact.manifest.v1+json'];

/**
 * Whether the row is an image and not something attached to one, or an artifact of another kind. Where a
 * manifest has a subject and no type of its own, the API gives its media type as its artifact type; what has a
 * tag as well is pulled by it, so it counts as an image.
 */
export function isImage(row: ImageRow): boolean {
  const { mediaType, artifactType, tags } = row;
  const isAttached = imageTypes.includes(artifactType) && tags.length === 0;
  const isOther = !imageTypes.includes(artifactType) && isOtherArtifact(artifactType);
  return imageTypes.includes(mediaType) && !isAttached && !isOther && isOwnImage(row);
}

/** The images a repository is judged by. */
export function chosen(
  rows: readonly ImageRow[],
  newest: number,
  tags: readonly string[],
): readonly ImageRow[] {
  return newestImages(rows.filter(isImage), { newest, tags }, imageRows).images;
}

const imageRows: ImageRows<ImageRow> = {
  tagsOf: ({ tags }) => tags,
  newestFirst: (a, b) => b.uploadedAt - a.uploadedAt || a.uri.localeCompare(b.uri),
  imageOf: ({ uri }) => uri,
};

export function newestFirst(rows: readonly ImageRow[]): readonly ImageRow[] {
  return rows.toSorted(imageRows.newestFirst);
}

/** How an image is named in findings: its name and first tag, and as much of its digest as people compare. */
export function nameOf({ image, tags, digest }: ImageRow): string {
  const tag = tags.find((candidate) => !isFallbackTag(candidate));
  const short = shortDigest(digest);
  return tag === undefined ? `${image}@${short}` : `${image}:${tag} (${short})`;
}

/**
 * What may hang on an image, by the tags of the same image name that are made of its digest. The image itself
 * may carry any tag, and what another holds its name does not tell.
 */
export function taggedAttachments(
  rows: readonly ImageRow[],
  { image, digest }: ImageRow,
): readonly { readonly says: string; readonly mayBe: Doubt }[] {
  const { index, cosign } = tagsOf(digest);
  const tags = rows
    .filter((row) => row.image === image && row.digest !== digest)
    .flatMap((row) => row.tags);
  return [
    ...(tags.includes(index)
      ? [{ says: 'an OCI referrers fallback tag', mayBe: 'unclear' as const }]
      : []),
    ...cosign.filter(({ tag }) => tags.includes(tag)),
  ];
}

/** Something attached to an image, as the registry lists it. */
export interface Attachment {
  readonly type: string;
  /** `…/packages/IMAGE/versions/sha256:…` of what it is attached to. */
  readonly target: string;
  /** The version it is stored as; empty: none. */
  readonly stored: string;
}

export function attachment(raw: unknown): Attachment {
  const answer = objectOf(raw, 'an attachment');
  const stored = answer['ociVersionName'] === '' ? null : maybeString(answer, 'ociVersionName');
  return {
    type: stringAt(answer, 'type'),
    target: stringAt(answer, 'target'),
    stored: stored === null ? '' : stored,
  };
}

const versionForm = /\/packages\/([^/]+)\/versions\/(sha256:[0-9a-f]{64})$/;

/** Whether a version's name is that of an image. Slashes in image names are escaped there. */
export function isVersionOf(version: string, { image, digest }: ImageRow): boolean {
  const [name, named] = groupsOf(versionForm, version);
  if (name === undefined || named !== digest) return false;
  return decodeURIComponent(name) === image;
}
