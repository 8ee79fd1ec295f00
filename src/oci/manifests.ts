import {
  DecodeError,
  type JsonObject,
  maybeObject,
  maybeString,
  numberAt,
  objectAt,
  objectOf,
  objectsAt,
  stringAt,
} from '../decode/fields.ts';
import { bareType, isIndexMediaType } from './kinds.ts';
import { checkedDigest } from './names.ts';

type Annotations = Readonly<Record<string, string>>;

/** One entry of an image index. */
export interface Descriptor {
  readonly digest: string;
  readonly mediaType: string | null;
  /** Null: absent from the index. */
  readonly artifactType: string | null;
  readonly annotations: Annotations;
}

/** One layer of a manifest. */
export interface Layer {
  readonly mediaType: string;
  readonly digest: string;
  /** In bytes. */
  readonly size: number;
  readonly annotations: Annotations;
}

export interface ImageIndex {
  readonly kind: 'index';
  readonly entries: readonly Descriptor[];
}

export interface ImageManifest {
  readonly kind: 'manifest';
  /** Null: no subject. */
  readonly subject: string | null;
  /** The artifact type, or else the media type of its config (OCI Image, Artifact Usage). */
  readonly artifactType: string;
  readonly annotations: Annotations;
  readonly layers: readonly Layer[];
}

/** Maximum number of attachments of one image. */
export const mostDescriptors = 1000;

const mediaTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** All media types of manifests: a registry returns 404 for an existing one that is not accepted. */
export const manifestTypes = mediaTypes.join(', ');

/** Whether a `content-type` is a manifest type, with or without parameters. */
export function isManifestType(contentType: string | undefined): boolean {
  return contentType !== undefined && mediaTypes.includes(bareType(contentType));
}

/**
 * Decodes a manifest or an image index. Throws `DecodeError` for anything else, and for a document that is
 * both: clients would interpret it differently.
 */
export function manifestIn(raw: unknown): ImageIndex | ImageManifest {
  const manifest = objectOf(raw, 'the manifest');
  if (manifest['schemaVersion'] !== 2) throw new DecodeError('the manifest is not of version 2');
  const isIndex = manifest['manifests'] !== undefined;
  if (isIndex && (manifest['layers'] !== undefined || manifest['config'] !== undefined)) {
    throw new DecodeError('the manifest is an index and a manifest at once');
  }
  return isIndex ? indexIn(manifest) : imageManifestIn(manifest);
}

/**
 * Decodes a list of referrers or a fallback index. `contentType`: of the response, because an index may omit
 * its own. Throws `DecodeError` for anything but an image index.
 */
export function referrersIn(raw: unknown, contentType: string | undefined): readonly Descriptor[] {
  const index = objectOf(raw, 'the list of referrers');
  const type = maybeString(index, 'mediaType') ?? bareType(contentType ?? '');
  if (!isIndexMediaType(type)) throw new DecodeError('the list of referrers is no image index');
  const read = manifestIn(index);
  if (read.kind === 'index') return read.entries;
  throw new DecodeError('the list of referrers is no image index');
}

function indexIn(manifest: JsonObject): ImageIndex {
  const entries = objectsAt(manifest, 'manifests');
  if (entries.length > mostDescriptors) {
    throw new DecodeError(`the image index has more than ${mostDescriptors} entries`);
  }
  return { kind: 'index', entries: entries.map(descriptorIn) };
}

function descriptorIn(entry: JsonObject): Descriptor {
  return {
    digest: checkedDigest(stringAt(entry, 'digest')),
    mediaType: maybeString(entry, 'mediaType'),
    artifactType: statedType(entry),
    annotations: annotationsOf(entry),
  };
}

function imageManifestIn(manifest: JsonObject): ImageManifest {
  const subject = maybeObject(manifest, 'subject');
  return {
    kind: 'manifest',
    subject: subject === null ? null : stringAt(subject, 'digest'),
    artifactType: statedType(manifest) ?? stringAt(objectAt(manifest, 'config'), 'mediaType'),
    annotations: annotationsOf(manifest),
    layers: objectsAt(manifest, 'layers').map((layer) => ({
      mediaType: stringAt(layer, 'mediaType'),
      digest: checkedDigest(stringAt(layer, 'digest')),
      size: numberAt(layer, 'size'),
      annotations: annotationsOf(layer),
    })),
  };
}

function statedType(holder: JsonObject): string | null {
  return holder['artifactType'] === '' ? null : maybeString(holder, 'artifactType');
}

function annotationsOf(holder: JsonObject): Annotations {
  const annotations = maybeObject(holder, 'annotations');
  if (annotations === null) return {};
  for (const value of Object.values(annotations)) {
    if (typeof value !== 'string') throw new DecodeError('an annotation is not text');
  }
  return annotations as Annotations;
}
