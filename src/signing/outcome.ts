/** A candidate that was understood and is no good signature. The message ends "refused because …". */
export class Refused extends Error {
  override readonly name = 'Refused';
  /** How far the candidate came: the reason of the signer that it came furthest with is shown. */
  readonly step: Step;
  constructor(message: string, step: Step = 'form') {
    super(message);
    this.step = step;
  }
}

/** A candidate that cannot be decided. The message ends "not decided because …". */
export class Undecided extends Error {
  override readonly name = 'Undecided';
}

export const steps = ['form', 'kind', 'signer', 'identity', 'time', 'statement'] as const;
export type Step = (typeof steps)[number];

/** What one signer makes of one candidate. */
export type Outcome =
  | { readonly verdict: 'good'; readonly says: string; readonly ends: string | null }
  | { readonly verdict: 'refused'; readonly says: string; readonly step: Step }
  | { readonly verdict: 'undecided'; readonly says: string };
