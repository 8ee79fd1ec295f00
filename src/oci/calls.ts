import { DecodeError } from '../decode/fields.ts';
import type { HttpAnswer } from '../http/http.ts';
import { linkedPages } from '../http/links.ts';
import { PagingError } from '../http/pages.ts';
import type { OciRegistry } from './attachments.ts';
import {
  type Descriptor,
  descriptorsOf,
  isManifestType,
  manifestTypes,
  mostDescriptors,
} from './manifests.ts';

/** Most pages of the referrers of one image. */
const mostPages = 50;

/**
 * What refers to a digest, by the referrers API; null: the registry answers 404, so it has no such API,
 * for one that has answers an empty index (OCI Distribution, Listing Referrers). `path` is the
 * repository's. Rejects with `HttpError`, `PagingError` or `AnswerError`.
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
    return descriptorsOf(answer.json());
  };
  const request = {
    operation: operations.referrers,
    path: `${path}/referrers/${digest}`,
    headers: { accept: 'application/vnd.oci.image.index.v1+json' },
    expected: [404],
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
 * which is no pull. A tag of the image itself is none. Rejects with `AnswerError` when what answers is no
 * registry: a proxy or a sign-in page has a 200 for every path.
 */
export async function hasTag(
  registry: OciRegistry,
  path: string,
  tag: string,
  digest: string,
): Promise<boolean> {
  if (registry.tags !== undefined) return registry.tags.includes(tag);
  const { status, headers } = await registry.client.send({
    operation: registry.operations.tag,
    method: 'HEAD',
    path: `${path}/manifests/${tag}`,
    headers: { accept: manifestTypes },
    expected: [404],
  });
  if (status === 404) return false;
  if (!isManifestType(headers['content-type'])) {
    throw new DecodeError('what is answered for a tag is no manifest');
  }
  return headers['docker-content-digest'] !== digest;
}

/** A manifest by tag or digest; null: there is none. Only where `mayGetManifest`. */
export async function manifestOf(
  { client, operations }: OciRegistry,
  path: string,
  reference: string,
): Promise<unknown> {
  const answer = await client.send({
    operation: operations.tag,
    path: `${path}/manifests/${reference}`,
    headers: { accept: manifestTypes },
    expected: [404],
  });
  return answer.status === 404 ? null : answer.json();
}
