import type { Doubt } from './kinds.ts';

/** The tags for attachments of a digest in registries without the referrers API. */
export interface FallbackTags {
  /** An image index of referrers (OCI Distribution, Referrers Tag Schema). */
  readonly index: string;
  /** Tags of cosign versions before bundles. */
  readonly cosign: readonly CosignTag[];
}

export interface CosignTag {
  readonly tag: string;
  readonly suffix: '.sig' | '.att' | '.sbom';
  /** The possible kind of its content. Any image can have such a tag: only its manifest decides. */
  readonly mayBe: Doubt;
  /** Its name in findings. */
  readonly says: string;
}

/** The fallback tags of a digest (`sha256:<hex>`). */
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

/** The tag of the referrers index: algorithm and digest, truncated to the limits of a tag. */
export function fallbackTag(digest: string): string {
  const colon = digest.indexOf(':');
  const algorithm = digest.slice(0, colon).slice(0, 32);
  const encoded = digest.slice(colon + 1).slice(0, 64);
  return `${algorithm}-${encoded}`.replace(/[^A-Za-z0-9_.-]/g, '-');
}

/** Whether a tag has the form of those for attachments. */
export function isFallbackTag(tag: string): boolean {
  return /^sha(?:256-[0-9a-f]{64}|512-[0-9a-f]{64}(?:[0-9a-f]{64})?)(?:\.sig|\.att|\.sbom)?$/.test(
    tag,
  );
}

/** Whether a tag belongs to an attachment of another image: nothing is attached to itself. */
export function isAttachmentTag(tag: string, digest: string | null): boolean {
  if (!isFallbackTag(tag)) return false;
  if (digest === null) return true;
  const { index, cosign } = tagsOf(digest);
  return tag !== index && cosign.every((own) => own.tag !== tag);
}
