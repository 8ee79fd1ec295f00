import { manifestOf } from './calls.ts';
import { unreadable } from './content.ts';
import { isIndexMediaType, isPlainStatement, kindOfStatement } from './kinds.ts';
import type { Descriptor } from './manifests.ts';
import type { Found, Place } from './place.ts';

const says = 'BuildKit attestation';

/**
 * The attestations that BuildKit stores as members of the image index (moby/buildkit,
 * docs/attestations/attestation-storage.md). An index is attested only if each of its platforms is.
 */
export async function ofIndex(place: Place): Promise<readonly Found[]> {
  try {
    const manifest = await manifestOf(place.registry, place.path, place.digest);
    if (manifest === null) return [{ kind: 'maybe-attestation', says: `${says} (not found)` }];
    return manifest.kind === 'index' ? await ofEntries(place, manifest.entries) : [];
  } catch (error) {
    return [{ kind: 'maybe-attestation', says: `${says} (${unreadable(error)})` }];
  }
}

async function ofEntries(place: Place, entries: readonly Descriptor[]): Promise<readonly Found[]> {
  const statements = entries.filter(isAttestationManifest);
  const platforms = entries.filter((entry) => !isAttestationManifest(entry));
  const kinds: Found['kind'][] = [];
  for (const platform of platforms) kinds.push(await kindOf(place, platform, statements));
  if (kinds.length === 0 || kinds.includes('other')) return [];
  return [
    { kind: kinds.includes('maybe-attestation') ? 'maybe-attestation' : 'attestation', says },
  ];
}

/** Whether an entry of an index holds the attestations of another entry. */
function isAttestationManifest({ annotations }: Descriptor): boolean {
  return annotations['vnd.docker.reference.type'] === 'attestation-manifest';
}

/** Whether one platform is attested: `attestation`, `maybe-attestation` or `other`. */
async function kindOf(
  place: Place,
  { digest, mediaType }: Descriptor,
  statements: readonly Descriptor[],
): Promise<'attestation' | 'maybe-attestation' | 'other'> {
  const about = statements.filter(
    ({ annotations }) => annotations['vnd.docker.reference.digest'] === digest,
  );
  // A nested index may hold its own attestations.
  let best: 'maybe-attestation' | 'other' =
    mediaType !== null && isIndexMediaType(mediaType) ? 'maybe-attestation' : 'other';
  for (const one of about) {
    const kinds = await statedBy(place, one.digest, digest);
    if (kinds.includes('attestation')) return 'attestation';
    if (kinds.includes('maybe-attestation')) best = 'maybe-attestation';
  }
  return best;
}

/** The kinds of the layers of an attestation manifest. */
async function statedBy(
  place: Place,
  manifest: string,
  platform: string,
): Promise<readonly Found['kind'][]> {
  if (!place.mayReadMore()) return ['maybe-attestation'];
  try {
    const read = await manifestOf(place.registry, place.path, manifest);
    if (read === null || read.kind === 'index') return [];
    if (read.subject !== null && read.subject !== platform) return [];
    return read.layers
      .filter(({ mediaType }) => isPlainStatement(mediaType))
      .map(({ annotations }) => kindOfStatement(annotations));
  } catch (error) {
    unreadable(error);
    return ['maybe-attestation'];
  }
}
