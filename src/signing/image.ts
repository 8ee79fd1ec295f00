import type { Candidate, ImageCandidates } from '../model/candidates.ts';
import type { CandidateVerdict } from '../model/derived.ts';
import { judge } from './judge.ts';
import { type Outcome, steps } from './outcome.ts';
import type { Signer } from './signer.ts';

/** What is known of one image, after all its candidates were judged. */
export type ImageVerdict = {
  readonly image: string;
  readonly candidates: readonly CandidateVerdict[];
} & (
  | { readonly verdict: 'good'; readonly signer: string; readonly says: string }
  | { readonly verdict: 'refused'; readonly says: string }
  | { readonly verdict: 'undecided'; readonly says: string; readonly unread: boolean }
);

/**
 * One good signature by a declared signer passes an image. Without one, whatever was not read or understood
 * leaves it undecided. In: the signers that cover its repository. `nothing`: what is missing, for a sentence.
 */
export function judgeImage(
  { image, digest, candidates, unread, unreadStatements = [], alsoIn = [] }: ImageCandidates,
  signers: readonly Signer[],
  now: Date,
  nothing: string,
): ImageVerdict {
  const judged = candidates.map((candidate) => verdictOf(candidate, signers, { digest, now }));
  const shown = judged.map(({ shown }) => shown);
  const good = judged.find(({ shown }) => shown.verdict === 'good');
  if (good !== undefined) {
    const { signer, says } = good.shown;
    return { image, candidates: shown, verdict: 'good', signer: signer ?? '', says };
  }
  const elsewhere = signers
    .flatMap(({ signaturesIn }) => signaturesIn)
    .filter((place) => !alsoIn.includes(place));
  const missing = [
    ...unread,
    ...(signers.some(countsStatements) ? unreadStatements : []),
    ...new Set(elsewhere.map((place) => `signatures in ${place}`)),
  ];
  if (missing.length > 0) {
    const says = `${image}: not read: ${missing.join(', ')}`;
    return { image, candidates: shown, verdict: 'undecided', says, unread: true };
  }
  const open = shown.find(({ verdict }) => verdict === 'undecided');
  if (open !== undefined) {
    const says = `${image}: ${open.says}`;
    return { image, candidates: shown, verdict: 'undecided', says, unread: false };
  }
  const furthest = judged.toSorted((a, b) => b.rank - a.rank)[0];
  return { image, candidates: shown, verdict: 'refused', says: furthest?.shown.says ?? nothing };
}

/** Whether a signer is content with a statement that is no signature. */
function countsStatements({ statements }: Signer): boolean {
  return statements.some((type) => !type.startsWith('https://sigstore.dev/cosign/sign/'));
}

interface Judged {
  readonly shown: CandidateVerdict;
  /** How far it came. */
  readonly rank: number;
}

/** The best that any signer makes of a candidate. */
function verdictOf(
  candidate: Candidate,
  signers: readonly Signer[],
  image: { readonly digest: string; readonly now: Date },
): Judged {
  const { form, digest } = candidate;
  let best: { readonly outcome: Outcome; readonly signer: string | null; readonly rank: number } = {
    outcome: {
      verdict: 'refused',
      says: 'no signer is declared for this repository',
      step: 'form',
    },
    signer: null,
    rank: -1,
  };
  for (const signer of signers) {
    const outcome = judge(candidate, signer, image);
    const rank = rankOf(outcome);
    if (rank > best.rank) best = { outcome, signer: signer.name, rank };
    if (outcome.verdict === 'good') break;
  }
  const { outcome, signer, rank } = best;
  const named = outcome.verdict === 'good' ? signer : null;
  const ends = outcome.verdict === 'good' ? outcome.ends : null;
  const says = ends === null ? outcome.says : `${outcome.says}, whose certificate ends on ${ends}`;
  return { shown: { form, digest, verdict: outcome.verdict, signer: named, says }, rank };
}

/** A good one outranks what is undecided, which outranks what is refused. */
function rankOf(outcome: Outcome): number {
  switch (outcome.verdict) {
    case 'good':
      return steps.length + 1;
    case 'undecided':
      return steps.length;
    case 'refused':
      return steps.indexOf(outcome.step);
  }
}
