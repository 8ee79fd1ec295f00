import { hasTag, manifestTagged } from './calls.ts';
import { ofContent, unreadable } from './content.ts';
import { type CosignTag, tagsOf } from './fallback-tags.ts';
import { isSbom } from './kinds.ts';
import type { ImageManifest } from './manifests.ts';
import type { Found, Place } from './place.ts';

/** What cosign filed beside an image before it wrote bundles, under tags that are named after its digest. */
export async function ofCosignTags(place: Place): Promise<readonly Found[]> {
  const { registry, path, digest } = place;
  const found: Found[] = [];
  for (const tag of tagsOf(digest).cosign) {
    if (!(await hasTag(registry, path, tag.tag, digest))) continue;
    const { mayBe: kind, says } = tag;
    found.push(...(registry.mayGetManifest ? await read(place, tag) : [{ kind, says }]));
  }
  return found;
}

async function read(place: Place, tag: CosignTag): Promise<readonly Found[]> {
  try {
    const manifest = await manifestTagged(place.registry, place.path, tag.tag, place.digest);
    return manifest === null || manifest.kind === 'index'
      ? []
      : await ofCosign(place, manifest, tag);
  } catch (error) {
    return [{ kind: tag.mayBe, says: `${tag.says} (${unreadable(error)})` }];
  }
}

/** What really is under a tag of cosign; anybody who may push can give an image such a name. */
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
