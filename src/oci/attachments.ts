import type { HttpClient } from '../http/http.ts';
import { hasTag, manifestOf, referrersOf } from './calls.ts';
import {
  holdsStatements,
  isIndexMediaType,
  kindOfArtifact,
  kindOfStatement,
  tagsOf,
} from './kinds.ts';
import {
  type Descriptor,
  descriptorsOf,
  holdsAttestations,
  layersIn,
  referrerIn,
} from './manifests.ts';
import { checkedDigest, repositoryPath } from './names.ts';

/*
 * What hangs on an image, learnt through the distribution API of any registry without a pull that would
 * count: the referrers API, else the fallback tags of the OCI specification and of cosign.
 */

/** What is attached to one digest. */
export interface Attachments {
  /** Kinds of signature found, in words a person knows, sorted. */
  readonly signatures: readonly string[];
  /** Kinds of provenance or SBOM found, sorted. */
  readonly attestations: readonly string[];
  /** Things attached whose kind cannot be told without a pull that counts; a "none" would be a guess. */
  readonly unclear: readonly string[];
  /** Where attestations, and only those, may be besides; nobody was allowed to look. */
  readonly hidden: readonly string[];
}

export type AttachmentKind = 'signature' | 'attestation' | 'other' | 'unclear';

export interface OciRegistry {
  /** Its base is what `/v2/` is appended to. */
  readonly client: Pick<HttpClient, 'send'>;
  /** What the adapter calls listing referrers, and looking at a tag or manifest. */
  readonly operations: { readonly referrers: string; readonly tag: string };
  /** `fallback-only`: the vendor documents that it has no referrers API. */
  readonly referrers: 'api' | 'fallback-only';
  /** Whether GET of a manifest is harmless: it counts as a pull, or moves a date, at some vendors. */
  readonly mayGetManifest: boolean;
  /** All tags of the repository, where they are known; then no call is made to look for one. */
  readonly tags?: readonly string[] | undefined;
}

interface Found {
  readonly kind: AttachmentKind;
  readonly says: string;
}

/** Where one digest is looked into. */
interface Place {
  readonly registry: OciRegistry;
  readonly path: string;
  readonly digest: string;
}

/** Most manifests that are read to tell what hangs on one image; the rest stays unclear. */
const mostManifests = 50;

/**
 * What is attached to a digest of a repository. `mediaType` is the digest's, where a listing tells it.
 * Rejects with `HttpError`, `PagingError` or `AnswerError` when any of the calls does not end in an
 * answer that is understood, so that silence is never taken for "unsigned".
 */
export async function attachmentsOf(
  registry: OciRegistry,
  repository: string,
  digest: string,
  mediaType?: string,
): Promise<Attachments> {
  const place = { registry, path: repositoryPath(repository), digest: checkedDigest(digest) };
  const mayBeIndex = mediaType === undefined || isIndexMediaType(mediaType);
  const found = [
    ...(await ofReferrers(place)),
    ...(await ofCosignTags(place)),
    ...(mayBeIndex && registry.mayGetManifest ? await withinIndex(place) : []),
  ];
  return {
    signatures: sorted(found, 'signature'),
    attestations: sorted(found, 'attestation'),
    unclear: sorted(found, 'unclear'),
    hidden: mayBeIndex && !registry.mayGetManifest ? ['attestations within the image index'] : [],
  };
}

function sorted(found: readonly Found[], kind: AttachmentKind): readonly string[] {
  return [...new Set(found.filter((one) => one.kind === kind).map(({ says }) => says))].sort();
}

/** By the API, and by the fallback index where there is no API or the tag is seen to be there. */
async function ofReferrers(place: Place): Promise<readonly Found[]> {
  const { registry, path, digest } = place;
  const listed = registry.referrers === 'api' ? await referrersOf(registry, path, digest) : null;
  const found = listed === null ? [] : await judged(place, listed, (kind) => kind === 'unclear');
  if (listed !== null && registry.tags === undefined) return found;
  const { index } = tagsOf(digest);
  if (!(await hasTag(registry, path, index, digest))) return found;
  if (!registry.mayGetManifest)
    return [...found, { kind: 'unclear', says: 'an OCI referrers fallback tag' }];
  const raw = await manifestOf(registry, path, index);
  // Its entries are what clients wrote: cosign's name neither type nor predicate, some are long gone.
  const inIndex = raw === null ? [] : await judged(place, descriptorsOf(raw), () => true);
  return [...found, ...inIndex];
}

/** Tells descriptors apart, by their manifests where `look` wants it and reading them is allowed. */
async function judged(
  place: Place,
  descriptors: readonly Descriptor[],
  look: (kind: AttachmentKind) => boolean,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  let manifests = 0;
  for (const { digest, artifactType, annotations } of descriptors) {
    const says = artifactType ?? 'a referrer of no stated type';
    const kind = artifactType === null ? 'unclear' : kindOfArtifact(artifactType, annotations);
    if (!look(kind) || !place.registry.mayGetManifest) found.push({ kind, says });
    else if (manifests === mostManifests) found.push({ kind: 'unclear', says });
    else {
      manifests += 1;
      found.push(...(await ofManifest(place, digest)));
    }
  }
  return found;
}

/** A referrer by its own manifest; nothing when it is gone. */
async function ofManifest({ registry, path, digest }: Place, of: string): Promise<Found[]> {
  const raw = await manifestOf(registry, path, of);
  if (raw === null) return [];
  const { subject, artifactType, annotations } = referrerIn(raw);
  if (subject !== digest) return [{ kind: 'unclear', says: 'a referrer of another image' }];
  const kind = kindOfArtifact(artifactType, annotations);
  if (kind !== 'unclear' || !holdsStatements(artifactType)) return [{ kind, says: artifactType }];
  return statementsIn(raw, artifactType);
}

/** What is stated stands with each layer; it may be no more than a scan. */
function statementsIn(raw: unknown, says: string): Found[] {
  return layersIn(raw).map(({ annotations }) => ({ kind: kindOfStatement(annotations), says }));
}

async function ofCosignTags({ registry, path, digest }: Place): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const { tag, kind, says } of tagsOf(digest).cosign) {
    if (!(await hasTag(registry, path, tag, digest))) continue;
    if (registry.mayGetManifest) {
      const raw = await manifestOf(registry, path, tag);
      found.push(...(raw === null ? [] : ofCosign(raw, tag, { kind, says })));
    } else found.push({ kind: tag.endsWith('.att') ? 'unclear' : kind, says });
  }
  return found;
}

/** What really is under a tag of cosign; anybody who may push can give an image such a name. */
function ofCosign(raw: unknown, tag: string, { kind, says }: Found): readonly Found[] {
  if (tag.endsWith('.att')) return statementsIn(raw, says);
  if (!tag.endsWith('.sig')) return [{ kind, says }];
  const signed = layersIn(raw).some(({ mediaType }) => mediaType === signedPayload);
  return [{ kind: signed ? kind : 'unclear', says }];
}

const signedPayload = 'application/vnd.dev.cosign.simplesigning.v1+json';

/** BuildKit keeps provenance and SBOM as members of the image index itself. */
async function withinIndex({ registry, path, digest }: Place): Promise<readonly Found[]> {
  const raw = await manifestOf(registry, path, digest);
  if (raw === null || !holdsAttestations(raw)) return [];
  return [{ kind: 'attestation', says: 'BuildKit attestation manifest' }];
}

/** Why "none" cannot be said of a kind; empty when something was found or nothing is in doubt. */
export function doubtsOf(
  attachments: Attachments,
  kind: 'signature' | 'attestation',
): readonly string[] {
  const { signatures, attestations, unclear, hidden } = attachments;
  if (kind === 'signature') return signatures.length > 0 ? [] : unclear;
  return attestations.length > 0 ? [] : [...unclear, ...hidden];
}
