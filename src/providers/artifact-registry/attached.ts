/** What something attached to an image proves. */
export type AttachedKind = 'signature' | 'attestation' | 'unclear';

/**
 * What the type of an attachment says. A sigstore bundle may hold either, and the listing does not tell
 * which; a type that is not known may be anything.
 */
export function kindOf(type: string): AttachedKind {
  switch (type) {
    case 'application/vnd.cncf.notary.signature':
    case 'application/vnd.dev.cosign.artifact.sig.v1+json':
      return 'signature';
    case 'application/vnd.in-toto+json':
    case 'application/vnd.spdx+json':
    case 'application/spdx+json':
    case 'text/spdx+json':
    case 'text/spdx':
    case 'application/vnd.cyclonedx+json':
    case 'application/vnd.cyclonedx':
    case 'application/vnd.dev.cosign.artifact.sbom.v1+json':
    case 'application/vnd.dsse.envelope.v1+json':
      return 'attestation';
    default:
      return 'unclear';
  }
}
