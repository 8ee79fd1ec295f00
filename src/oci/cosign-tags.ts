import { hasTag, manifestTagged } from './calls.ts';
import { ofContent, unreadable } from './content.ts';
import { type CosignTag, tagsOf } from './fallback-tags.ts';
import { isSbom } from './kinds.ts';
import type { ImageManifest } from './manifests.ts';
import type { Found, Place } from './place.ts';

/** The attachments of cosign versions before bundles: under tags named after the digest. */
export async function ofCosignTags(place: Place): Promise<readonly Found[]> {
  const { registry, path, digest } = place;
  const found: Found[] = [];
  for (const tag of tagsOf(digest).cosign) {
    if (!(await hasTag(registry, path, tag.tag, digest))) continue;
    const { mayBe: kind, says } = tag;
    found.push(...(registry.mayGetManifest ? await ofCosignTag(place, tag) : [{ kind, says }]));
  }
  return found;
}

async function ofCosignTag(place: Place, tag: CosignTag): Promise<readonly Found[]> {
  try {
    const manifest = await manifestTagged(place.registry, place.path, tag.tag, place.digest);
    return manifest === null || manifest.kind === 'index'
      ? []
      : await ofCosign(place, manifest, tag);
  } catch (error) {
    return [{ kind: tag.mayBe, says: `${tag.says} (${unreadable(error)})` }];
  }
}

/** The content under a cosign tag: any image can have such a tag. */
async function ofCosign(
  place: Place,
  { layers }: ImageManifest,
  { suffix, mayBe, says }: CosignTag,
): Promise<readonly Found[]> {
  if (suffix === '.sbom') {
    return layers.some(({ mediaType }) => isSbom(mediaType)) ? [{ kind: 'attestation', says }] : [];
  }
  const form = suffix === '.sig' ? 'simple-signing' : 'dsse';
  const found: Found[] = [];
  for (const layer of layers) found.push(...(await ofContent(place, layer, [form], says, mayBe)));
  return found;
}
