import type { Expectations } from './expectations.ts';
import type { AnyFact } from './fact.ts';
import type { FindingWithoutFingerprint, Verdict } from './finding.ts';

/** The policy as the engine uses it. It labels findings; it changes no verdict and hides nothing. */
export interface Policy {
  /** Whether a check runs for this subject. */
  readonly runs: (check: string, registry: string, repository: string | null) => boolean;
  /**
   * Sets severity and suppression of a finding. `verdict`: its verdict with unshortened evidence;
   * `expected`: the expectations of the check.
   */
  readonly label: (
    finding: FindingWithoutFingerprint,
    verdict: Verdict,
    expected: Expectations,
  ) => FindingWithoutFingerprint;
}

/**
 * Who owns a subject; null: nobody is named. `facts`: those of the subject, and for a repository then those
 * of its registry.
 */
export type OwnerOf = (
  place: { readonly registry: string; readonly repository: string | null },
  facts: readonly Readonly<Record<string, AnyFact>>[],
) => string | null;
