import type { Source, Why } from './fact.ts';

export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

export const verdicts = ['fail', 'unknown', 'pass', 'not-applicable'] as const;
export type VerdictWord = (typeof verdicts)[number];

/** One fact a decided verdict rests on. */
export interface Evidence {
  readonly fact: string;
  readonly operation: string;
  readonly field: string | null;
  readonly value: unknown;
}

/** One fact that could not be learnt, and what would be needed. */
export interface Blocked {
  readonly fact: string;
  readonly why: Why;
  readonly operation: string;
  readonly permission: string | null;
  readonly detail: string | null;
}

/** What `evaluate` says of one check and one subject. */
export type Verdict =
  | { readonly verdict: 'pass' | 'fail'; readonly says: string; readonly rests: readonly Rest[] }
  | { readonly verdict: 'unknown'; readonly blocked: readonly Blocked[] }
  | { readonly verdict: 'not-applicable'; readonly notes: readonly string[] };

/** A known fact with its source, as evidence. */
export interface Rest {
  readonly fact: string;
  readonly value: unknown;
  readonly from: Source;
}

/** One check judged on one subject. */
export interface Finding {
  readonly check: string;
  readonly provider: string;
  readonly registry: string;
  /** Null for a check of the registry as a whole. */
  readonly repository: string | null;
  /** `ecr://123456789012/eu-west-1/team/app` */
  readonly subject: string;
  readonly verdict: VerdictWord;
  readonly severity: Severity;
  readonly message: string;
  readonly evidence: readonly Evidence[];
  readonly blocked: readonly Blocked[];
  /** Stable over runs: check and subject, nothing volatile. */
  readonly fingerprint: string;
}
