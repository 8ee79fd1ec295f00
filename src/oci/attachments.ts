import type { Candidate } from '../model/candidates.ts';
import { ofCosignTags } from './cosign-tags.ts';
import type { AttachmentKind } from './kinds.ts';
import { checkedDigest, repositoryPath } from './names.ts';
import { type Found, placeOf } from './place.ts';
import { ofReferrers } from './referrers.ts';
import type { OciRegistry } from './registry.ts';
import { ofIndex } from './within-index.ts';

/*
 * What hangs on an image, by the distribution API of any registry: the referrers API, the fallback tags of
 * the OCI specification and of cosign, and the members of an image index. What something is decides, and
 * never its name; without leave to read manifests a name alone is a doubt.
 */

type Kind = 'signature' | 'attestation';

/** What is attached to one digest. */
export interface Attachments {
  /** Kinds of signature found, in words a person knows, sorted. No signature is verified. */
  readonly signatures: readonly string[];
  /** Kinds of provenance or SBOM found, sorted. */
  readonly attestations: readonly string[];
  /** What may be one besides, sorted; "none" would be a guess. */
  readonly doubts: Readonly<Record<Kind, readonly string[]>>;
  /** What was read that may be a signature, whomever it names. */
  readonly candidates: readonly Candidate[];
}

/** The image that is looked at. */
export interface OciImage {
  readonly digest: string;
  /** Whether it may be an index, which may hold attestations. */
  readonly mayBeIndex: boolean;
}

/**
 * What is attached to an image of a repository. Rejects with `HttpError`, `PagingError` or `DecodeError`
 * when a listing does not end in an answer that is understood, so that silence is never taken for
 * "unsigned". A single thing that cannot be read is a doubt: another may decide.
 */
export async function attachmentsOf(
  registry: OciRegistry,
  repository: string,
  { digest, mayBeIndex }: OciImage,
): Promise<Attachments> {
  const place = placeOf(registry, repositoryPath(repository), checkedDigest(digest));
  const found = [
    ...(await ofReferrers(place)),
    ...(await ofCosignTags(place)),
    ...(mayBeIndex ? await withinIndex(registry, () => ofIndex(place)) : []),
  ];
  return {
    signatures: sorted(found, 'signature'),
    attestations: sorted(found, 'attestation'),
    doubts: {
      signature: sorted(found, 'maybe-signature', 'unclear'),
      attestation: sorted(found, 'maybe-attestation', 'unclear'),
    },
    candidates: found.flatMap(({ candidate }) => (candidate === undefined ? [] : [candidate])),
  };
}

async function withinIndex(
  { mayGetManifest }: OciRegistry,
  read: () => Promise<readonly Found[]>,
): Promise<readonly Found[]> {
  if (mayGetManifest) return read();
  return [{ kind: 'maybe-attestation', says: 'attestations within the image index' }];
}

function sorted(found: readonly Found[], ...kinds: readonly AttachmentKind[]): readonly string[] {
  const said = found.filter(({ kind }) => kinds.includes(kind)).map(({ says }) => says);
  return [...new Set(said)].sort();
}

/** What was found of a kind, and why "none" cannot be said of it: empty when one was found. */
export function attachedOf(
  { signatures, attestations, doubts }: Attachments,
  kind: Kind,
): { readonly found: readonly string[]; readonly doubts: readonly string[] } {
  const found = kind === 'signature' ? signatures : attestations;
  return { found, doubts: found.length > 0 ? [] : doubts[kind] };
}
