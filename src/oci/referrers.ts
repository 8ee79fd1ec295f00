import { hasTag, manifestOf, manifestTagged, referrersOf } from './calls.ts';
import { ofContent, unreadable } from './content.ts';
import { tagsOf } from './fallback-tags.ts';
import {
  type AttachmentKind,
  bareType,
  bundlePredicate,
  cosignSignatureType,
  holdsStatements,
  isBundle,
  isPlainStatement,
  isSbom,
  kindOfArtifact,
  kindOfPredicate,
  kindOfStatement,
  notationType,
} from './kinds.ts';
import type { Descriptor, ImageManifest } from './manifests.ts';
import type { Found, Place } from './place.ts';

/** The referrers of an image: from the API, and from the fallback index if there is no API or its tag exists. */
export async function ofReferrers(place: Place): Promise<readonly Found[]> {
  const { registry, path, digest } = place;
  const listed = await listedOf(place);
  const found = listed === null ? [] : await ofDescriptors(place, listed, 'api');
  if (listed !== null && registry.tags === undefined) return found;
  const { index } = tagsOf(digest);
  if (!(await hasTag(registry, path, index, digest))) return found;
  const says = 'an OCI referrers fallback tag';
  if (!registry.mayGetManifest) return [...found, { kind: 'unclear', says }];
  try {
    const manifest = await manifestTagged(registry, path, index, digest);
    // A plain image under that tag: clients ignore it.
    if (manifest === null || manifest.kind !== 'index') return found;
    return [...found, ...(await ofDescriptors(place, manifest.entries, 'index'))];
  } catch (error) {
    return [...found, { kind: 'unclear', says: `${says} (${unreadable(error)})` }];
  }
}

async function listedOf({ registry, path, digest }: Place): Promise<readonly Descriptor[] | null> {
  const { referrers } = registry;
  if (typeof referrers === 'function') return referrers(digest);
  return referrers === 'api' ? referrersOf(registry, path, digest) : null;
}

/**
 * Classifies descriptors by their manifests, if these may be read. A descriptor that the API reports as
 * `other` is trusted. Entries of the fallback index are written by clients: those of cosign have neither type
 * nor predicate, and some no longer exist.
 */
async function ofDescriptors(
  place: Place,
  descriptors: readonly Descriptor[],
  by: 'api' | 'index',
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const { digest, artifactType, annotations } of descriptors) {
    const says = artifactType ?? 'a referrer without a type';
    const kind = artifactType === null ? 'unclear' : kindOfArtifact(artifactType, annotations);
    const unread = { kind: inDoubt(kind), says };
    if (!place.registry.mayGetManifest || (by === 'api' && kind === 'other')) {
      found.push({ kind, says });
    } else
      found.push(...((await ofReferrer(place, digest, unread)) ?? (by === 'api' ? [unread] : [])));
  }
  return found;
}

/** The kind of an unread attachment, from its descriptor. */
function inDoubt(kind: AttachmentKind): AttachmentKind {
  if (kind === 'signature') return 'maybe-signature';
  return kind === 'attestation' ? 'maybe-attestation' : kind;
}

/** Classifies a referrer by its manifest; null: it no longer exists. `unread`: the result if it cannot be read. */
async function ofReferrer(
  place: Place,
  of: string,
  unread: Found,
): Promise<readonly Found[] | null> {
  const doubt = (why: string) => [{ ...unread, says: `${unread.says} (${why})` }];
  if (!place.mayReadMore()) return doubt('too many attachments');
  try {
    const manifest = await manifestOf(place.registry, place.path, of);
    if (manifest === null) return null;
    if (manifest.kind === 'index') return [];
    // By the vendor's word it belongs to the image; cosign names that in the content alone.
    if (manifest.subject === null && typeof place.registry.referrers === 'function')
      return await ofLayers(place, manifest, ['simple-signing', 'dsse'], 'unclear');
    // An artifact with another subject is attached to that image.
    return manifest.subject === place.digest ? await ofManifest(place, manifest) : [];
  } catch (error) {
    return doubt(unreadable(error));
  }
}

async function ofManifest(place: Place, manifest: ImageManifest): Promise<readonly Found[]> {
  const { artifactType: says, annotations, layers } = manifest;
  const type = bareType(says);
  if (isBundle(type)) {
    const unread = inDoubt(kindOfPredicate(annotations[bundlePredicate] ?? ''));
    return ofLayers(place, manifest, ['sigstore-bundle'], unread);
  }
  if (type === cosignSignatureType) {
    return ofLayers(place, manifest, ['simple-signing'], 'maybe-signature');
  }
  if (type === notationType) {
    // Notation requires exactly one envelope (notaryproject/specifications, signature-specification.md, Storage).
    if (layers.length !== 1) return [];
    return ofLayers(place, manifest, ['notation-jws', 'notation-cose'], 'maybe-signature');
  }
  if (holdsStatements(type)) return ofStatements(place, manifest);
  if (isSbom(type)) return layers.some(isContent) ? [{ kind: 'attestation', says }] : [];
  return [{ kind: kindOfArtifact(says, annotations), says }];
}

/** Classifies the layers of these forms by their content. */
async function ofLayers(
  place: Place,
  { artifactType, layers }: ImageManifest,
  forms: Parameters<typeof ofContent>[2],
  unread: AttachmentKind,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const layer of layers) {
    found.push(...(await ofContent(place, layer, forms, artifactType, unread)));
  }
  return found;
}

/** Classifies signed statements by content, unsigned ones by the annotations of their layers. */
async function ofStatements(place: Place, manifest: ImageManifest): Promise<readonly Found[]> {
  const { artifactType: says, annotations, layers } = manifest;
  const signed = await ofLayers(place, manifest, ['dsse'], 'maybe-attestation');
  const plain = layers
    .filter(({ mediaType }) => isPlainStatement(mediaType))
    .map(
      (layer): Found => ({ kind: kindOfStatement({ ...annotations, ...layer.annotations }), says }),
    );
  return [...signed, ...plain];
}

/** Whether a layer is not the empty layer of OCI artifacts without content. */
function isContent({ mediaType }: { readonly mediaType: string }): boolean {
  return mediaType !== 'application/vnd.oci.empty.v1+json';
}
