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

/** What refers to an image: by the API, and by the fallback index where there is no API or its tag is seen. */
export async function ofReferrers(place: Place): Promise<readonly Found[]> {
  const { registry, path, digest } = place;
  const listed = registry.referrers === 'api' ? await referrersOf(registry, path, digest) : null;
  const found = listed === null ? [] : await ofDescriptors(place, listed, 'api');
  if (listed !== null && registry.tags === undefined) return found;
  const { index } = tagsOf(digest);
  if (!(await hasTag(registry, path, index, digest))) return found;
  const says = 'an OCI referrers fallback tag';
  if (!registry.mayGetManifest) return [...found, { kind: 'unclear', says }];
  try {
    const manifest = await manifestTagged(registry, path, index, digest);
    // A plain image under that name: no client looks into it.
    if (manifest === null || manifest.kind !== 'index') return found;
    return [...found, ...(await ofDescriptors(place, manifest.entries, 'index'))];
  } catch (error) {
    return [...found, { kind: 'unclear', says: `${says} (${unreadable(error)})` }];
  }
}

/**
 * Tells descriptors apart, by their manifests where reading them is allowed. What the API says to be a scan
 * and the like is believed. Entries of the fallback index are what clients wrote: cosign's name neither
 * type nor predicate, and some are long gone.
 */
async function ofDescriptors(
  place: Place,
  descriptors: readonly Descriptor[],
  by: 'api' | 'index',
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const { digest, artifactType, annotations } of descriptors) {
    const says = artifactType ?? 'a referrer of no stated type';
    const kind = artifactType === null ? 'unclear' : kindOfArtifact(artifactType, annotations);
    const unread = { kind: inDoubt(kind), says };
    if (!place.registry.mayGetManifest || (by === 'api' && kind === 'other')) {
      found.push({ kind, says });
    } else
      found.push(...((await ofReferrer(place, digest, unread)) ?? (by === 'api' ? [unread] : [])));
  }
  return found;
}

/** What something may be as long as it was not read, by what is said of it. */
function inDoubt(kind: AttachmentKind): AttachmentKind {
  if (kind === 'signature') return 'maybe-signature';
  return kind === 'attestation' ? 'maybe-attestation' : kind;
}

/** A referrer by its own manifest; null: it is gone. `unread`: what it is when it cannot be read. */
async function ofReferrer(
  place: Place,
  of: string,
  unread: Found,
): Promise<readonly Found[] | null> {
  const doubt = (why: string) => [{ ...unread, says: `${unread.says} (${why})` }];
  if (!place.mayReadMore()) return doubt('not read: too many hang on the image');
  try {
    const manifest = await manifestOf(place.registry, place.path, of);
    if (manifest === null) return null;
    if (manifest.kind === 'index') return [];
    // Whose subject is another image hangs on that one.
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
    // Exactly one envelope (notaryproject/specifications, signature-specification.md, Storage).
    if (layers.length !== 1) return [];
    return ofLayers(place, manifest, ['notation-jws', 'notation-cose'], 'maybe-signature');
  }
  if (holdsStatements(type)) return ofStatements(place, manifest);
  if (isSbom(type)) return layers.some(isContent) ? [{ kind: 'attestation', says }] : [];
  return [{ kind: kindOfArtifact(says, annotations), says }];
}

/** The layers of a manifest that are of one of these forms, by their content. */
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

/** Signed statements by their content, plain ones by what their layers say they state. */
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

/** Whether a layer is anything but the empty one that OCI prescribes for artefacts without content. */
function isContent({ mediaType }: { readonly mediaType: string }): boolean {
  return mediaType !== 'application/vnd.oci.empty.v1+json';
}
