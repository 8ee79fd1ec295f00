import { createHash } from 'node:crypto';
import type { ImageCandidates } from '../model/candidates.ts';
import type { Derivation, DerivedFor } from '../model/derivation.ts';
import type { AnyFact, Source, Unknown } from '../model/fact.ts';
import { type ImageVerdict, judgeImage } from './image.ts';
import type { Place, Signer } from './signer.ts';
import { missing } from './undeclared.ts';

/** The name that clients write before `:tag`, such as `registry.example/team/app`; null: not known. */
export type FullName = (about: DerivedFor) => string | null;

/** The fact `recentVerified`: whose good signature each image carries, by the declared signers. */
export function verifiedBy(signers: readonly Signer[], fullName: FullName): Derivation {
  return {
    fact: 'recentVerified',
    always: null,
    derive: (facts, about) =>
      derived(facts['recentCandidates'], covering(signers, about, fullName), about, {
        undeclared: 'no signer is declared for this repository',
        nothing: 'no signature beside the image',
        entryOf: (one) => ({
          image: one.image,
          signer: one.verdict === 'good' ? one.signer : null,
          says: one.says,
          candidates: [...one.candidates],
        }),
      }),
  };
}

/** The fact `recentProvenance`: which images carry provenance by a declared builder. */
export function builtBy(builders: readonly Signer[], fullName: FullName): Derivation {
  return {
    fact: 'recentProvenance',
    always: null,
    derive: (facts, about) =>
      derived(facts['recentCandidates'], covering(builders, about, fullName), about, {
        undeclared: 'no builder is declared for this repository',
        nothing: 'no provenance beside the image',
        entryOf: (one) => ({
          image: one.image,
          attestedBy: one.verdict === 'good' ? [`provenance by ${one.signer}`] : [],
          refused: one.verdict === 'good' ? null : one.says,
          candidates: [...one.candidates],
        }),
      }),
  };
}

function covering(
  signers: readonly Signer[],
  about: DerivedFor,
  fullName: FullName,
): readonly Signer[] {
  const place: Place = { repository: about.repository, fullName: fullName(about) };
  const all = signers.filter(({ covers }) => covers(place));
  // What a policy leaves alone is not judged, whatever else covers it.
  return all.some(({ trust }) => trust.kind === 'skip') ? [] : all;
}

interface Wording {
  readonly undeclared: string;
  readonly nothing: string;
  readonly entryOf: (one: ImageVerdict) => unknown;
}

const operation = 'verify signatures';

function derived(
  fact: AnyFact | undefined,
  signers: readonly Signer[],
  { now }: DerivedFor,
  { undeclared, nothing, entryOf }: Wording,
): AnyFact {
  if (signers.length === 0) return { state: 'unsupported', note: undeclared };
  if (fact === undefined) return missing;
  if (fact.state !== 'known' && fact.state !== 'partial') return fact;
  const at = new Date(now);
  const images = (fact.value as readonly ImageCandidates[]).map((candidates) => ({
    candidates,
    verdict: judgeImage(candidates, signers, at, nothing),
  }));
  const unknowns: readonly Unknown[] = [
    ...(fact.state === 'partial' ? fact.missing : []),
    ...images.flatMap(({ candidates, verdict }) =>
      verdict.verdict === 'undecided' ? [unknownOf(verdict, candidates, fact.from)] : [],
    ),
  ];
  const value = images.flatMap(({ verdict }) =>
    verdict.verdict === 'undecided' ? [] : [entryOf(verdict)],
  );
  const [first, ...more] = unknowns;
  const from = { ...fact.from, detail: operation };
  return first === undefined
    ? { state: 'known', value, from }
    : { state: 'partial', value, from, missing: [first, ...more] };
}

function unknownOf(
  { says, unread, candidates: judged }: Extract<ImageVerdict, { verdict: 'undecided' }>,
  { digest, candidates }: ImageCandidates,
  from: Source,
): Unknown {
  const refused = judged.filter(({ verdict }) => verdict === 'refused');
  const also =
    refused.length === 0 ? '' : ` (refused: ${refused.map((one) => one.says).join('; ')})`;
  const detail = `${says}${also}`;
  if (unread) return { state: 'unknown', why: 'not-collected', from: { ...from, detail } };
  const input = createHash('sha256')
    .update([digest, ...candidates.map((one) => one.digest)].join('\n'))
    .digest('hex');
  return { state: 'unknown', why: 'inconclusive', from: { ...from, detail, input } };
}
