import type { AttachmentKind } from './attachments.ts';

/** Signatures and attestations of the new cosign have one artifact type; this annotation tells them apart. */
const bundlePredicate = 'dev.sigstore.bundle.predicateType';

/**
 * What an in-toto statement with a predicate of this type is. An attestation here is provenance or an
 * SBOM: what scanners and testers state is something else, and a new type is unclear.
 */
export function kindOfPredicate(type: string): AttachmentKind {
  if (type === 'https://sigstore.dev/cosign/sign/v1') return 'signature';
  if (provenanceOrSbom.some((known) => isVersionOf(known, type))) return 'attestation';
  return otherStatements.some((known) => isVersionOf(known, type)) ? 'other' : 'unclear';
}

const provenanceOrSbom = [
  'https://slsa.dev/provenance',
  'https://spdx.dev/Document',
  'https://cyclonedx.org/bom',
];
const otherStatements = [
  'https://cosign.sigstore.dev/attestation/vuln',
  'https://in-toto.io/attestation/vulns',
  'https://in-toto.io/attestation/test-result',
  'https://openvex.dev/ns',
  'https://slsa.dev/verification_summary',
];

/**
 * What a manifest of in-toto statements is, or one layer of it, by its annotations: of BuildKit and Docker
 * Scout, else of cosign. Without either a statement may be of a scanner, and so is unclear.
 */
export function kindOfStatement(annotations: Readonly<Record<string, string>>): AttachmentKind {
  const predicate = annotations['in-toto.io/predicate-type'] ?? annotations['predicateType'] ?? '';
  const kind = kindOfPredicate(predicate);
  // Only a bundle is known to be signed.
  return kind === 'signature' ? 'unclear' : kind;
}

export function holdsStatements(artifactType: string): boolean {
  return (
    artifactType === 'application/vnd.in-toto+json' ||
    artifactType === 'application/vnd.dsse.envelope.v1+json'
  );
}

function isVersionOf(known: string, type: string): boolean {
  return type === known || type.startsWith(`${known}/`);
}

/**
 * What an artifact type proves, with the annotations of its manifest or descriptor where there are any.
 * A type that is not known is unclear, never "nothing". Presence only: no signature is verified.
 */
export function kindOfArtifact(
  artifactType: string,
  annotations: Readonly<Record<string, string>> = {},
): AttachmentKind {
  if (artifactType.startsWith('application/vnd.dev.sigstore.bundle')) {
    return kindOfPredicate(annotations[bundlePredicate] ?? '');
  }
  if (holdsStatements(artifactType)) return kindOfStatement(annotations);
  switch (artifactType) {
    case 'application/vnd.cncf.notary.signature':
    case 'application/vnd.dev.cosign.artifact.sig.v1+json':
      return 'signature';
    case 'application/spdx+json':
    case 'application/vnd.spdx+json':
    case 'text/spdx+json':
    case 'text/spdx':
    case 'application/vnd.cyclonedx+json':
    case 'application/vnd.cyclonedx+xml':
    case 'application/vnd.cyclonedx':
    case 'application/vnd.dev.cosign.artifact.sbom.v1+json':
      return 'attestation';
    // Results of scanners, and the end-of-life marks of Azure.
    case 'application/sarif+json':
    case 'application/vnd.microsoft.artifact.lifecycle':
      return 'other';
    default:
      return 'unclear';
  }
}

/** The tags under which a registry without the referrers API files what hangs on a digest. */
export interface FallbackTags {
  /** An image index of referrers (OCI Distribution, Referrers Tag Schema). */
  readonly index: string;
  /** Those of cosign before it wrote bundles. */
  readonly cosign: readonly {
    readonly tag: string;
    readonly kind: 'signature' | 'attestation';
    /** How a finding names it. */
    readonly says: string;
  }[];
}

/** In: a digest, `sha256:<hex>`. Out: its fallback tags. */
export function tagsOf(digest: string): FallbackTags {
  const cosign = (suffix: string, kind: 'signature' | 'attestation') => ({
    tag: `${digest.replace(':', '-')}${suffix}`,
    kind,
    says: `cosign tag ${suffix}`,
  });
  return {
    index: fallbackTag(digest),
    cosign: [
      cosign('.sig', 'signature'),
      cosign('.att', 'attestation'),
      cosign('.sbom', 'attestation'),
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

export function isIndexMediaType(mediaType: string): boolean {
  return (
    mediaType === 'application/vnd.oci.image.index.v1+json' ||
    mediaType === 'application/vnd.docker.distribution.manifest.list.v2+json'
  );
}
