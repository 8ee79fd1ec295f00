import {
  DecodeError,
  type JsonObject,
  maybeObject,
  maybeObjects,
  maybeString,
  objectAt,
  objectOf,
  objectsAt,
  stringAt,
} from '../decode/fields.ts';
import { checkedDigest } from './names.ts';

/** One entry of an image index. */
export interface Descriptor {
  readonly digest: string;
  /** Null where the index does not say. */
  readonly artifactType: string | null;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Most entries that are read of what hangs on one image. */
export const mostDescriptors = 1000;

const mediaTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** All media types of manifests: a registry answers 404 for one that is there and not accepted. */
export const manifestTypes = mediaTypes.join(', ');

/** Whether a `content-type` is that of a manifest, with or without parameters. */
export function isManifestType(contentType: string | undefined): boolean {
  const [type = ''] = (contentType ?? '').split(';', 1);
  return mediaTypes.includes(type.trim().toLowerCase());
}

/** The entries of an image index. Throws `AnswerError` for what is none. */
export function descriptorsOf(raw: unknown): readonly Descriptor[] {
  const entries = objectsAt(objectOf(raw, 'the image index'), 'manifests');
  if (entries.length > mostDescriptors) {
    throw new DecodeError(`the image index has more than ${mostDescriptors} entries`);
  }
  return entries.map((entry) => ({
    digest: checkedDigest(stringAt(entry, 'digest')),
    artifactType: statedType(entry),
    annotations: annotationsOf(entry),
  }));
}

/** A manifest that refers to another: what it is, and of what. */
export interface Referrer {
  /** Null: it refers to nothing. */
  readonly subject: string | null;
  /** The artifact type, else the media type of its configuration (OCI Image, Artifact Usage). */
  readonly artifactType: string;
  readonly annotations: Readonly<Record<string, string>>;
}

export function referrerIn(raw: unknown): Referrer {
  const manifest = objectOf(raw, 'the manifest');
  const subject = maybeObject(manifest, 'subject');
  return {
    subject: subject === null ? null : stringAt(subject, 'digest'),
    artifactType: statedType(manifest) ?? stringAt(objectAt(manifest, 'config'), 'mediaType'),
    annotations: annotationsOf(manifest),
  };
}

/** Whether an image index holds manifests of attestations, as BuildKit writes them. */
export function holdsAttestations(raw: unknown): boolean {
  return maybeObjects(objectOf(raw, 'the manifest'), 'manifests').some(
    (entry) => annotationsOf(entry)['vnd.docker.reference.type'] === 'attestation-manifest',
  );
}

/** One layer of a manifest. */
export interface Layer {
  readonly mediaType: string | null;
  readonly annotations: Readonly<Record<string, string>>;
}

export function layersIn(raw: unknown): readonly Layer[] {
  return objectsAt(objectOf(raw, 'the manifest'), 'layers').map((layer) => ({
    mediaType: maybeString(layer, 'mediaType'),
    annotations: annotationsOf(layer),
  }));
}

function statedType(holder: JsonObject): string | null {
  return holder['artifactType'] === '' ? null : maybeString(holder, 'artifactType');
}

function annotationsOf(holder: JsonObject): Readonly<Record<string, string>> {
  const annotations = maybeObject(holder, 'annotations') ?? {};
  for (const value of Object.values(annotations)) {
    if (typeof value !== 'string') throw new DecodeError('an annotation is not text');
  }
  return annotations as Readonly<Record<string, string>>;
}
