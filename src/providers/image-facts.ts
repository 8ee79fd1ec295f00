import {
  type Candidate,
  largestCandidates,
  mostCandidates,
  type recentCandidates,
} from '../model/candidates.ts';
import type { Fact } from '../model/fact.ts';
import type { RepositoryFacts } from '../model/repository.ts';
import type { Static } from '../model/shape.ts';
import { Inconclusive } from './facts.ts';
import { eachEntry } from './parts.ts';

/** What hangs on each of the newest images, of one kind: signatures, or provenance and SBOMs. */
export type Attached = Fact<
  readonly { readonly image: string; readonly found: readonly string[] }[]
>;

/** The facts about what hangs on images, from one reader of both kinds. */
export function attachmentCollectors(
  attachedTo: (kind: 'signature' | 'attestation') => Promise<Attached>,
) {
  return {
    recentSignatures: async (): Promise<RepositoryFacts['recentSignatures']> =>
      eachEntry(await attachedTo('signature'), ({ image, found }) => [
        { image, signedBy: [...found] },
      ]),
    recentAttestations: async (): Promise<RepositoryFacts['recentAttestations']> =>
      eachEntry(await attachedTo('attestation'), ({ image, found }) => [
        { image, attestedBy: [...found] },
      ]),
  };
}

/**
 * What of a kind hangs on an image, of what was found and what may be one besides. `mayPull`: whether its
 * content was allowed to be read although that counts as a pull. Throws `Inconclusive` where "nothing" would
 * be a guess.
 */
export function certainOf(
  image: string,
  kind: 'signature' | 'attestation',
  { found, doubts }: { readonly found: readonly string[]; readonly doubts: readonly string[] },
  mayPull: boolean,
): readonly string[] {
  if (doubts.length === 0) return found;
  const what = kind === 'signature' ? 'a signature' : 'an attestation';
  const cure = mayPull
    ? ''
    : '; reading it counts as a pull, which images.mayPull: true in the configuration allows';
  throw new Inconclusive(`whether ${image} has ${what} is unknown: ${doubts.join(', ')}${cure}`);
}

type Candidates = Static<typeof recentCandidates>;

/** What may be signatures of one image: what was read, and what may be one and was not. */
export interface ImageCandidates {
  readonly image: string;
  readonly digest: string;
  readonly candidates: readonly Candidate[];
  readonly unread: readonly string[];
  /** What certainly is no plain signature, and was not read. */
  readonly unreadStatements?: readonly string[];
  /** Other repositories that were searched. */
  readonly alsoIn?: readonly string[];
}

/**
 * The fact `recentCandidates`, in bounds: what is beyond `largestCandidates` bytes in one repository is named
 * as unread. Throws `Inconclusive` where nothing could be read because that counts as a pull.
 */
export function boundedCandidates(
  images: readonly ImageCandidates[],
  mayPull: boolean,
): Candidates {
  if (!mayPull && images.length > 0) {
    throw new Inconclusive(
      'reading signatures counts as a pull, which images.mayPull: true in the configuration allows',
    );
  }
  let bytes = 0;
  const fits = ({ content }: Candidate) => {
    const size = Buffer.byteLength(content, 'base64');
    if (bytes + size > largestCandidates) return false;
    bytes += size;
    return true;
  };
  return images.map(({ image, digest, candidates, unread, unreadStatements = [], alsoIn = [] }) => {
    const kept = candidates.slice(0, mostCandidates).filter(fits);
    const left = candidates.length - kept.length;
    const bounds = `${mostCandidates} an image or ${largestCandidates} bytes`;
    const more = left === 0 ? [] : [`${left} more, beyond ${bounds}`];
    return {
      image,
      digest,
      candidates: kept,
      unread: [...unread, ...more],
      ...(unreadStatements.length === 0 ? {} : { unreadStatements: [...unreadStatements] }),
      ...(alsoIn.length === 0 ? {} : { alsoIn: [...alsoIn] }),
    };
  });
}
