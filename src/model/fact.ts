/** What we learnt about one setting. There is no fourth state and no default. */
export type Fact<T> = Known<T> | Unsupported | Unknown;

export interface Known<T> {
  readonly state: 'known';
  readonly value: T;
  readonly from: Source;
}

/** The platform cannot have this control, on any plan. Never a pass. */
export interface Unsupported {
  readonly state: 'unsupported';
  readonly note: string;
}

/** We asked and did not learn, or did not ask. Never a pass, never a fail. */
export interface Unknown {
  readonly state: 'unknown';
  readonly why: Why;
  readonly from: Source;
}

/**
 * Why a fact is unknown. `inconclusive`: the vendor answered that it does not know itself
 * (a scan in progress or expired, a condition that only a live request can settle).
 */
export const whys = [
  'denied',
  'denied-or-absent',
  'plan-gated',
  'throttled',
  'unreachable',
  'undecodable',
  'inconclusive',
  'not-collected',
  'crashed',
] as const;
export type Why = (typeof whys)[number];

/** What a verdict rests on: the API operation, the field read, and what is needed to read it. */
export interface Source {
  readonly operation: string;
  readonly field?: string;
  readonly permission?: string;
  readonly detail?: string;
}

export type ValueOf<F> = F extends Known<infer T> ? T : never;
export type AnyFact = Fact<unknown>;
