import type { Doubt } from './kinds.ts';

/** The tags under which a registry without the referrers API files what hangs on a digest. */
export interface FallbackTags {
  /** An image index of referrers (OCI Distribution, Referrers Tag Schema). */
  readonly index: string;
  /** Those of cosign before it wrote bundles. */
  readonly cosign: readonly CosignTag[];
}

export interface CosignTag {
  readonly tag: string;
  readonly suffix: '.sig' | '.att' | '.sbom';
  /** What it may hold. Anybody who may push can give an image such a name: only its manifest tells. */
  readonly mayBe: Doubt;
  /** How a finding names it. */
  readonly says: string;
}

/** In: a digest, `sha256:<hex>`. Out: its fallback tags. */
export function tagsOf(digest: string): FallbackTags {
  const cosign = (suffix: CosignTag['suffix'], mayBe: Doubt): CosignTag => ({
    tag: `${digest.replace(':', '-')}${suffix}`,
    suffix,
    mayBe,
    says: `cosign tag ${suffix}`,
  });
  return {
    index: fallbackTag(digest),
    cosign: [
      cosign('.sig', 'maybe-signature'),
      cosign('.att', 'maybe-attestation'),
      cosign('.sbom', 'maybe-attestation'),
    ],
  };
}

/** The tag of the index of referrers: algorithm and digest, shortened to what a tag may be. */
export function fallbackTag(digest: string): string {
  const colon = digest.indexOf(':');
  const algorithm = digest.slice(0, colon).slice(0, 32);
  const encoded = digest.slice(colon + 1).slice(0, 64);
  return `${algorithm}-${encoded}`.replace(/[^A-Za-z0-9_.-]/g, '-');
}

/** Whether a tag names what hangs on another image, and so is no image of its own. */
export function isFallbackTag(tag: string): boolean {
  return /^sha(?:256-[0-9a-f]{64}|512-[0-9a-f]{64}(?:[0-9a-f]{64})?)(?:\.sig|\.att|\.sbom)?$/.test(
    tag,
  );
}
