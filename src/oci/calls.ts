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

/** Most pages of the referrers of one image. */
const mostPages = 50;

/** Most bytes of a manifest (OCI Distribution, Pushing Manifests). */
const largestManifest = 4 * 1024 * 1024;

/**
 * What refers to a digest, by the referrers API; null: the registry answers 404, so it has no such API,
 * for one that has answers an empty index (OCI Distribution, Listing Referrers). `path` is the
 * repository's. Rejects with `HttpError`, `PagingError` or `DecodeError`, for a redirect to another origin
 * too: a stranger's empty list is no "nothing attached".
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
    // We ask for all; a registry that filtered nevertheless has shown a part.
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
  const listing = linkedPages(client, request, itemsOf, mostPages);
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
 * Whether a tag beside the image of that digest exists: from the list where all are known, else by HEAD,
 * which is no pull. A tag that leads to the image itself is none. Rejects with `DecodeError` when what
 * answers is no registry: a proxy or a sign-in page has a 200 for every path.
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
    throw new DecodeError('what is answered for a tag is no manifest');
  }
  return headers['docker-content-digest'] !== digest;
}

/**
 * The manifest of a digest; null: there is none. Only where `mayGetManifest`. What answers is held to the
 * digest, so that it does not matter who answered. Rejects with `HttpError` or `DecodeError`.
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
 * The manifest under a tag that exists; null: it is that of the image itself. Only where `mayGetManifest`.
 * Rejects with `HttpError`, for a redirect to another origin too, or `DecodeError`.
 */
export async function manifestTagged(
  registry: OciRegistry,
  path: string,
  tag: string,
  image: string,
): Promise<ImageIndex | ImageManifest | null> {
  const answer = await manifestAt(registry, path, tag, true);
  if (answer === null) throw new DecodeError('the tag is listed and cannot be read');
  if (digestLike(image, answer.bytes) === image) return null;
  return manifestIn(answer.json());
}

/** A blob of at most so many bytes. Rejects with `HttpError`, or `DecodeError` for other bytes. */
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
    // Blobs stand where the registry redirects to (OCI Distribution, pulling blobs); their digest is checked.
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
  throw new DecodeError('what was answered is not what has the digest');
}
