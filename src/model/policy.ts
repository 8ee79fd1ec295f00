import type { Expectations } from './expectations.ts';
import type { FindingWithoutFingerprint, Verdict } from './finding.ts';

/** What the engine asks of the policy. The policy labels; it changes no verdict and hides nothing. */
export interface Policy {
  /** Whether a check is to judge this subject at all. */
  readonly runs: (check: string, registry: string, repository: string | null) => boolean;
  /**
   * The finding with its severity and suppression. `verdict`: the same with its evidence unshortened;
   * `expected`: what it was judged by.
   */
  readonly label: (
    finding: FindingWithoutFingerprint,
    verdict: Verdict,
    expected: Expectations,
  ) => FindingWithoutFingerprint;
}
