import type { Fact } from './fact.ts';
import { list, record, type Static, text, textOrNull, texts, word } from './shape.ts';

/** What became of one candidate, whatever signer came closest. */
export const candidateVerdict = record({
  form: text,
  digest: text,
  verdict: word(['good', 'refused', 'undecided']),
  signer: textOrNull,
  says: text,
});
export type CandidateVerdict = Static<typeof candidateVerdict>;

const verified = record({
  image: text,
  /** Null: no good signature by a declared signer. */
  signer: textOrNull,
  says: text,
  candidates: list(candidateVerdict),
});

/**
 * Facts about one repository that follow from collected facts and from what the organisation declares. No
 * snapshot holds them: they are derived anew for each evaluation.
 */
export const derivedFacts = {
  recentVerified: list(
    verified,
    'the newest (production) images, and the declared signer whose good signature each carries',
  ),
  recentProvenance: list(
    record({
      image: text,
      attestedBy: texts,
      /** Null: attested, as far as that is examined. */
      refused: textOrNull,
      candidates: list(candidateVerdict),
    }),
    'the newest (production) images and their provenance or SBOM; with declared builders, provenance by these alone',
  ),
};

export type DerivedFacts = {
  readonly [K in keyof typeof derivedFacts]: Fact<Static<(typeof derivedFacts)[K]>>;
};

const inputs: Readonly<Record<string, readonly string[]>> = {
  recentVerified: ['recentCandidates'],
  // With declared builders `recentCandidates` as well, which the plan of the scan adds.
  recentProvenance: ['recentAttestations'],
} satisfies Record<keyof DerivedFacts, readonly string[]>;

/** The collected facts behind a fact: those it is derived from, or itself. */
export function collectedFor(fact: string): readonly string[] {
  return Object.hasOwn(inputs, fact) ? (inputs[fact] ?? []) : [fact];
}
