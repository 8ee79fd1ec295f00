import type { Derivation } from '../model/derivation.ts';
import type { DerivedFacts } from '../model/derived.ts';
import type { AnyFact } from '../model/fact.ts';

type Attested = readonly { readonly image: string; readonly attestedBy: readonly string[] }[];

/** Derivations while no signer is declared: whose a signature is does not apply. */
export const signersUndeclared: Derivation = {
  fact: 'recentVerified',
  always: { state: 'unsupported', note: 'no signers are declared (expect.signers)' },
  derive: () => ({ state: 'unsupported', note: 'no signers are declared (expect.signers)' }),
};

/** Derivation while no builder is declared: what is attached counts, whoever made it. */
export const buildersUndeclared: Derivation = {
  fact: 'recentProvenance',
  always: null,
  derive: (facts) => attestedAsFiled(facts['recentAttestations']),
};

/** What holds while nothing is declared. */
export const undeclared = [signersUndeclared, buildersUndeclared];

/** The fact `recentProvenance` of attachments that are not examined. */
function attestedAsFiled(fact: AnyFact | undefined): AnyFact {
  if (fact === undefined) return missing;
  if (fact.state !== 'known' && fact.state !== 'partial') return fact;
  const value = (fact.value as Attested).map(({ image, attestedBy }) => ({
    image,
    attestedBy: [...attestedBy],
    refused: null,
    candidates: [],
  }));
  return { ...fact, value } satisfies DerivedFacts['recentProvenance'];
}

export const missing: AnyFact = {
  state: 'unknown',
  why: 'not-collected',
  from: { operation: 'none', detail: 'what hangs on the images was not collected' },
};
