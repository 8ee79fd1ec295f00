import { DecodeError } from '../decode/fields.ts';
import type { HttpAnswer } from '../http/http.ts';
import { linkedPages } from '../http/links.ts';
import { PagingError } from '../http/pages.ts';
import { digestLike } from './digest.ts';
import {
  type Descriptor,
  type ImageIndex,
  type ImageManifest,
  isManifestType,
  manifestIn,
  manifestTypes,
  mostDescriptors,
  referrersIn,
} from './manifests.ts';
import type { OciRegistry } from './registry.ts';

/** Maximum pages of referrers of one image. */
const mostPages = 50;

/** Maximum bytes of a manifest (OCI Distribution, Pushing Manifests). */
const largestManifest = 4 * 1024 * 1024;

/**
 * The referrers of a digest from the referrers API; null: 404, so the registry has no such API (with the
 * API, no referrers is an empty index; OCI Distribution, Listing Referrers). `path`: of the repository.
 * Rejects with `HttpError`, `PagingError` or `DecodeError`, also for a redirect to another origin, whose
 * empty list would prove nothing.
 */
export async function referrersOf(
  { client, operations }: OciRegistry,
  path: string,
  digest: string,
): Promise<readonly Descriptor[] | null> {
  let absent = false;
  const itemsOf = (answer: HttpAnswer) => {
    absent ||= answer.status === 404;
    if (answer.status === 404) return [];
    // The request has no filter; a filtered list is incomplete.
    if (answer.headers['oci-filters-applied'] !== undefined)
      throw new DecodeError('the list of referrers is filtered');
    return referrersIn(answer.json(), answer.headers['content-type']);
  };
  const request = {
    operation: operations.referrers,
    path: `${path}/referrers/${digest}`,
    headers: { accept: 'application/vnd.oci.image.index.v1+json' },
    expected: [404],
    sameOrigin: true,
  };
  const found: Descriptor[] = [];
  const listing = linkedPages(client, request, itemsOf, { most: mostPages });
  for (;;) {
    const step = await listing.next();
    if (step.done) {
      if (step.value !== null) throw step.value;
      if (absent && found.length > 0) throw new PagingError('a page of the referrers is missing');
      return absent ? null : found;
    }
    found.push(...step.value);
    if (found.length > mostDescriptors)
      throw new PagingError(`more than ${mostDescriptors} referrers are listed`);
  }
}

/**
 * Whether a tag exists that does not point to the image itself: from the complete list of tags if known,
 * otherwise by HEAD, which is not a pull. Rejects with `DecodeError` if the response is not from a registry:
 * a proxy or a sign-in page returns 200 for every path.
 */
export async function hasTag(
  registry: OciRegistry,
  path: string,
  tag: string,
  digest: string,
): Promise<boolean> {
  if (registry.tags !== undefined) {
    return registry.tags.has(tag) && registry.tags.get(tag) !== digest;
  }
  const { status, headers } = await registry.client.send({
    operation: registry.operations.tag,
    method: 'HEAD',
    path: `${path}/manifests/${tag}`,
    headers: { accept: manifestTypes },
    expected: [404],
    sameOrigin: true,
  });
  if (status === 404) return false;
  if (!isManifestType(headers['content-type'])) {
    throw new DecodeError('the response for a tag is not a manifest');
  }
  return headers['docker-content-digest'] !== digest;
}

/**
 * The manifest of a digest; null: not found. Only if `mayGetManifest`. The digest is verified, so the origin
 * of the response does not matter. Rejects with `HttpError` or `DecodeError`.
 */
export async function manifestOf(
  registry: OciRegistry,
  path: string,
  digest: string,
): Promise<ImageIndex | ImageManifest | null> {
  const answer = await manifestAt(registry, path, digest, false);
  if (answer === null) return null;
  return manifestIn(withDigest(answer, digest).json());
}

/**
 * The manifest of an existing tag; null: the tag points to the image itself. Only if `mayGetManifest`.
 * Rejects with `HttpError`, also for a redirect to another origin, or `DecodeError`.
 */
export async function manifestTagged(
  registry: OciRegistry,
  path: string,
  tag: string,
  image: string,
): Promise<ImageIndex | ImageManifest | null> {
  const answer = await manifestAt(registry, path, tag, true);
  if (answer === null) throw new DecodeError('the tag is listed but cannot be read');
  if (digestLike(image, answer.bytes) === image) return null;
  return manifestIn(answer.json());
}

/** A blob of at most `most` bytes. Rejects with `HttpError`, or `DecodeError` if the digest differs. */
export async function blobOf(
  { client, operations }: OciRegistry,
  path: string,
  digest: string,
  largest: number,
): Promise<Uint8Array> {
  const answer = await client.send({
    operation: operations.blob,
    path: `${path}/blobs/${digest}`,
    headers: { accept: '*/*' },
    largestBody: largest,
    // Registries redirect blobs to storage (OCI Distribution, Pulling blobs); the digest is verified.
    sameOrigin: false,
  });
  return withDigest(answer, digest).bytes;
}

async function manifestAt(
  { client, operations }: OciRegistry,
  path: string,
  reference: string,
  sameOrigin: boolean,
): Promise<HttpAnswer | null> {
  const answer = await client.send({
    operation: operations.manifest,
    path: `${path}/manifests/${reference}`,
    headers: { accept: manifestTypes },
    expected: [404],
    largestBody: largestManifest,
    sameOrigin,
  });
  return answer.status === 404 ? null : answer;
}

function withDigest(answer: HttpAnswer, digest: string): HttpAnswer {
  if (digestLike(digest, answer.bytes) === digest) return answer;
  throw new DecodeError('the content does not match the digest');
}
