import type { Operator } from './operator.ts';

/** A policy document as understood, ready to be asked questions. Made by `parsePolicy` alone. */
export interface PolicyDocument {
  readonly statements: readonly Statement[];
}

export interface Statement {
  /** Counted from 1, as the error messages do. */
  readonly index: number;
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  /** null: neither Principal nor NotPrincipal is written, as in an identity policy. */
  readonly principals: Principals | null;
  readonly actions: Selector;
  /** null: neither Resource nor NotResource is written, as in a repository policy. */
  readonly resources: Selector | null;
  readonly conditions: readonly Condition[];
}

/** Action/NotAction or Resource/NotResource. Action patterns are kept in lower case. */
export interface Selector {
  readonly negated: boolean;
  readonly patterns: readonly string[];
  /** Patterns with a policy variable in them, each variable widened to `*`. */
  readonly variable: readonly string[];
}

/** Principal or NotPrincipal. */
export interface Principals {
  readonly negated: boolean;
  readonly list: readonly Principal[];
}

export type Principal =
  | { readonly kind: 'any' }
  | { readonly kind: 'account'; readonly id: string }
  /** A role, user, session or root ARN; in a narrowed list also an ARN pattern within one account. */
  | { readonly kind: 'principal'; readonly arn: string; readonly account: string }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'federated'; readonly provider: string; readonly account: string | null }
  | { readonly kind: 'canonical-user'; readonly id: string }
  /** AWS shows the unique id instead of the ARN once the user or role is gone. */
  | { readonly kind: 'deleted-principal'; readonly id: string };

export interface Condition {
  readonly operator: Operator;
  /** Lower case: IAM compares condition keys without case. */
  readonly key: string;
  readonly values: readonly string[];
  /** A value holds a policy variable, so what it is compared with is only known at run time. */
  readonly variable: boolean;
}

/** Where a grant is written: which of the policies handed in (from 0), which statement (from 1). */
export interface StatementRef {
  readonly policy: number;
  readonly statement: number;
  readonly sid: string | null;
}
