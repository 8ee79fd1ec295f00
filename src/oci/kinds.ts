/**
 * What hangs on an image is. `maybe-attestation`: it surely is no signature; `maybe-signature`: it surely
 * is no attestation; `unclear`: it may be either.
 */
export type AttachmentKind = 'signature' | 'attestation' | 'other' | Doubt;
export type Doubt = 'maybe-signature' | 'maybe-attestation' | 'unclear';

/** The annotation by which cosign 3 and GitHub tell bundles of one artifact type apart. */
export const bundlePredicate = 'dev.sigstore.bundle.predicateType';

/**
 * What an in-toto statement with a predicate of this type is; empty: no type is stated. An attestation here
 * is provenance or an SBOM: what scanners and testers state is `other`. A new type may be an attestation
 * and never is a signature. Provenance of GitHub's attest action is provenance: cosign and Notation do not
 * take it for a signature.
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
  // A statement of cosign's user, of whatever content (`cosign attest --type custom`).
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

/** The predicate type that a layer or manifest of statements names: BuildKit and Docker Scout, else cosign. */
export function statedPredicate(annotations: Readonly<Record<string, string>>): string {
  return annotations['in-toto.io/predicate-type'] ?? annotations['predicateType'] ?? '';
}

/**
 * What a manifest of in-toto statements is, or one layer of it, by its annotations. It is no signature:
 * cosign looks for those in bundles and under `.sig` alone.
 */
export function kindOfStatement(annotations: Readonly<Record<string, string>>): AttachmentKind {
  const kind = kindOfPredicate(statedPredicate(annotations));
  return kind === 'unclear' || kind === 'signature' ? 'maybe-attestation' : kind;
}

/** A media type without its parameters: `…+json; version=1.5` is of the type before the semicolon. */
export function bareType(mediaType: string): string {
  const [type = ''] = mediaType.split(';', 1);
  return type.trim().toLowerCase();
}

/** Whether a layer is an in-toto statement that nobody has signed, as BuildKit writes them. */
export function isPlainStatement(mediaType: string): boolean {
  return bareType(mediaType) === 'application/vnd.in-toto+json';
}

/** The artifact types of manifests whose layers are statements. */
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

/** Whether a media type or artifact type is that of an SBOM. */
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

/** Results of scanners, the end-of-life marks of Azure, indexes for lazy pulling. */
const otherTypes = [
  'application/sarif+json',
  'application/vnd.microsoft.artifact.lifecycle',
  'application/vnd.security.vulnerability.report',
  'application/vnd.amazon.soci.index.v1+json',
  'application/vnd.amazon.soci.index.v2+json',
];

/** The artifact type of Notation's signatures. */
export const notationType = 'application/vnd.cncf.notary.signature';
/** That of cosign's with `--registry-referrers-mode oci-1-1`. */
export const cosignSignatureType = 'application/vnd.dev.cosign.artifact.sig.v1+json';

/**
 * What an artifact type says, with the annotations of its manifest or descriptor where there are any. A type
 * that is not known is unclear, never "nothing". Presence only: no signature is verified.
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
