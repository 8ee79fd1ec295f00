import type { Candidate } from '../model/candidates.ts';
import { ofCosignTags } from './cosign-tags.ts';
import type { AttachmentKind } from './kinds.ts';
import { checkedDigest, repositoryPath } from './names.ts';
import { type Found, placeOf } from './place.ts';
import { ofReferrers } from './referrers.ts';
import type { OciRegistry } from './registry.ts';
import { ofIndex } from './within-index.ts';

/*
 * Attachments of an image in the distribution API: the referrers API, the fallback tags of the OCI
 * specification and of cosign, and the members of an image index. The content decides what an attachment
 * is, never its name; if manifests may not be read, the name alone leaves a doubt.
 */

type Kind = 'signature' | 'attestation';

/** The attachments of one digest. */
export interface Attachments {
  /** Kinds of signature found, readable and sorted. No signature is verified. */
  readonly signatures: readonly string[];
  /** Kinds of provenance or SBOM found, sorted. */
  readonly attestations: readonly string[];
  /** Possible signatures or attestations, sorted: "none" is not certain. */
  readonly doubts: Readonly<Record<Kind, readonly string[]>>;
  /** The content of possible signatures, of any signer. */
  readonly candidates: readonly Candidate[];
  /** Possible signatures that were read and are too large to be kept. */
  readonly tooLarge?: Readonly<Record<'signatures' | 'statements', readonly string[]>>;
}

/** The image to inspect. */
export interface OciImage {
  readonly digest: string;
  /** Whether the image may be an index, which may hold attestations. */
  readonly mayBeIndex: boolean;
}

/**
 * The attachments of an image. Rejects with `HttpError`, `PagingError` or `DecodeError` if a listing fails,
 * so that a missing response never means "unsigned". A single unreadable attachment is a doubt: another one
 * may decide.
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
    ...(found.some((one) => one.tooLarge === true)
      ? {
          tooLarge: {
            signatures: namesOfLarge(found, (kind) => kind === 'signature'),
            statements: namesOfLarge(found, (kind) => kind !== 'signature'),
          },
        }
      : {}),
  };
}

function namesOfLarge(
  found: readonly Found[],
  wanted: (kind: AttachmentKind) => boolean,
): readonly string[] {
  return found.flatMap((one) =>
    one.tooLarge === true && wanted(one.kind) ? [`${one.says} (too large)`] : [],
  );
}

async function withinIndex(
  { mayGetManifest }: OciRegistry,
  read: () => Promise<readonly Found[]>,
): Promise<readonly Found[]> {
  if (mayGetManifest) return read();
  return [{ kind: 'maybe-attestation', says: 'attestations in the image index' }];
}

function sorted(found: readonly Found[], ...kinds: readonly AttachmentKind[]): readonly string[] {
  const said = found.filter(({ kind }) => kinds.includes(kind)).map(({ says }) => says);
  return [...new Set(said)].sort();
}

/** The attachments of a kind, and the doubts about "none"; no doubts if one was found. */
export function attachedOf(
  { signatures, attestations, doubts }: Attachments,
  kind: Kind,
): { readonly found: readonly string[]; readonly doubts: readonly string[] } {
  const found = kind === 'signature' ? signatures : attestations;
  return { found, doubts: found.length > 0 ? [] : doubts[kind] };
}

const none = { signatures: [], statements: [] } as const;

/** What may be signatures of an image, for those who verify them: kept, and not read. */
export function possibleSignatures({ candidates, doubts, tooLarge = none }: Attachments): {
  readonly candidates: readonly Candidate[];
  readonly unread: readonly string[];
  /** Certainly not plain signatures. */
  readonly unreadStatements: readonly string[];
} {
  return {
    candidates,
    unread: [...doubts.signature, ...tooLarge.signatures],
    unreadStatements: [...doubts.attestation, ...tooLarge.statements],
  };
}
