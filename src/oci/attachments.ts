/*
 * What hangs on an image, learnt through the distribution API of any registry without a pull that would
 * count: the referrers API, else the fallback tags of the OCI specification and of cosign.
 */

/** What is attached to one digest. */
export interface Attachments {
  /** Kinds of signature found, in words a person knows, sorted. */
  readonly signatures: readonly string[];
  /** Kinds of provenance or SBOM found, sorted. */
  readonly attestations: readonly string[];
  /** Things attached whose kind cannot be told without a pull that counts; a "none" would be a guess. */
  readonly unclear: readonly string[];
}

export type AttachmentKind = 'signature' | 'attestation' | 'other' | 'unclear';
