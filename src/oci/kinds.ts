/**
 * The kind of an attachment. `maybe-attestation`: certainly not a signature; `maybe-signature`: certainly
 * not an attestation; `unclear`: may be either.
 */
export type AttachmentKind = 'signature' | 'attestation' | 'other' | Doubt;
export type Doubt = 'maybe-signature' | 'maybe-attestation' | 'unclear';

/** The annotation that distinguishes bundles of the same artifact type (cosign 3, GitHub). */
export const bundlePredicate = 'dev.sigstore.bundle.predicateType';

/**
 * The kind of an in-toto statement by predicate type; '': no type. Only provenance and SBOMs are
 * attestations; results of scans and tests are `other`. An unrecognised type may be an attestation, never a
 * signature. Provenance of GitHub's attest action is provenance: cosign and Notation do not accept it as a
 * signature.
 */
export function kindOfPredicate(type: string): AttachmentKind {
  if (type === '') return 'unclear';
  if (type === signaturePredicate) return 'signature';
  if (provenanceOrSbom.some((known) => isVersionOf(known, type))) return 'attestation';
  return otherStatements.some((known) => isVersionOf(known, type)) ? 'other' : 'maybe-attestation';
}

const signaturePredicate = 'https://sigstore.dev/cosign/sign/v1';
const provenanceOrSbom = [
  'https://slsa.dev/provenance',
  'https://spdx.dev/Document',
  'https://cyclonedx.org/bom',
  'https://scout.docker.com/sbom',
];
const otherStatements = [
  // A custom statement of any content (`cosign attest --type custom`).
  'https://cosign.sigstore.dev/attestation/v1',
  'https://cosign.sigstore.dev/attestation/vuln',
  'https://in-toto.io/Link',
  'https://in-toto.io/attestation/link',
  'https://in-toto.io/attestation/release',
  'https://in-toto.io/attestation/scai',
  'https://in-toto.io/attestation/vulns',
  'https://in-toto.io/attestation/test-result',
  'https://openvex.dev/ns',
  'https://slsa.dev/verification_summary',
  'https://scout.docker.com',
];

function isVersionOf(known: string, type: string): boolean {
  return type === known || type.startsWith(`${known}/`);
}

/** The predicate type in the annotations of a layer or manifest: of BuildKit and Docker Scout, or else cosign. */
export function statedPredicate(annotations: Readonly<Record<string, string>>): string {
  return annotations['in-toto.io/predicate-type'] ?? annotations['predicateType'] ?? '';
}

/**
 * The kind of a manifest of in-toto statements, or of one layer, by its annotations. Never a signature:
 * cosign accepts those only in bundles and under `.sig`.
 */
export function kindOfStatement(annotations: Readonly<Record<string, string>>): AttachmentKind {
  const kind = kindOfPredicate(statedPredicate(annotations));
  return kind === 'unclear' || kind === 'signature' ? 'maybe-attestation' : kind;
}

/** A media type without parameters such as `; version=1.5`. */
export function bareType(mediaType: string): string {
  const [type = ''] = mediaType.split(';', 1);
  return type.trim().toLowerCase();
}

/** Whether a layer is an unsigned in-toto statement, as written by BuildKit. */
export function isPlainStatement(mediaType: string): boolean {
  return bareType(mediaType) === 'application/vnd.in-toto+json';
}

/** Whether the layers of a manifest with this artifact type are statements. */
export function holdsStatements(artifactType: string): boolean {
  return [
    'application/vnd.in-toto+json',
    'application/vnd.dsse.envelope.v1+json',
    'application/vnd.dev.cosign.artifact.att.v1+json',
    // BuildKit with `oci-artifact=true`.
    'application/vnd.docker.attestation.manifest.v1+json',
  ].includes(bareType(artifactType));
}

export function isBundle(mediaType: string): boolean {
  return /^application\/vnd\.dev\.sigstore\.bundle(?:\.v[0-9.]+)?(?:\+json)?$/.test(
    bareType(mediaType),
  );
}

/** Whether a media type or artifact type is an SBOM. */
export function isSbom(mediaType: string): boolean {
  return sbomTypes.includes(bareType(mediaType));
}

const sbomTypes = [
  'application/spdx+json',
  'application/vnd.spdx+json',
  'text/spdx+json',
  'text/spdx+xml',
  'text/spdx',
  'application/vnd.cyclonedx+json',
  'application/vnd.cyclonedx+xml',
  'application/vnd.cyclonedx',
  'application/vnd.syft+json',
  'application/vnd.goharbor.harbor.sbom.v1',
  'application/vnd.dev.cosign.artifact.sbom.v1+json',
];

/** Scan results, Azure end-of-life annotations, indexes for lazy pulling. */
const otherTypes = [
  'application/sarif+json',
  'application/vnd.microsoft.artifact.lifecycle',
  'application/vnd.security.vulnerability.report',
  'application/vnd.amazon.soci.index.v1+json',
  'application/vnd.amazon.soci.index.v2+json',
];

/** The artifact type of Notation signatures. */
export const notationType = 'application/vnd.cncf.notary.signature';
/** The artifact type of cosign signatures with `--registry-referrers-mode oci-1-1`. */
export const cosignSignatureType = 'application/vnd.dev.cosign.artifact.sig.v1+json';

/**
 * The kind of an attachment by its artifact type and the annotations of its manifest or descriptor. An
 * unrecognised type is `unclear`, never `other`. No signature is verified.
 */
export function kindOfArtifact(
  artifactType: string,
  annotations: Readonly<Record<string, string>> = {},
): AttachmentKind {
  const type = bareType(artifactType);
  if (isBundle(type)) return kindOfPredicate(annotations[bundlePredicate] ?? '');
  if (holdsStatements(type)) return kindOfStatement(annotations);
  if (type === notationType || type === cosignSignatureType) return 'signature';
  if (isSbom(type)) return 'attestation';
  return otherTypes.includes(type) ? 'other' : 'unclear';
}

export function isIndexMediaType(mediaType: string): boolean {
  return (
    mediaType === 'application/vnd.oci.image.index.v1+json' ||
    mediaType === 'application/vnd.docker.distribution.manifest.list.v2+json'
  );
}
