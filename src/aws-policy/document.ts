import type { Operator } from './operator.ts';

/** A parsed policy document. Only `parsePolicy` creates it. */
export interface PolicyDocument {
  readonly statements: readonly Statement[];
}

export interface Statement {
  /** Counted from 1, as in error messages. */
  readonly index: number;
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  /** null: without Principal and NotPrincipal, as in an identity policy. */
  readonly principals: Principals | null;
  readonly actions: Selector;
  /** null: without Resource and NotResource, as in a repository policy. */
  readonly resources: Selector | null;
  readonly conditions: readonly Condition[];
}

/** Action/NotAction or Resource/NotResource. Action patterns are in lower case. */
export interface Selector {
  readonly negated: boolean;
  readonly patterns: readonly string[];
  /** Patterns with policy variables, as they are written. */
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
  /** In lower case: IAM compares condition keys case-insensitively. */
  readonly key: string;
  readonly values: readonly string[];
  /** Whether a value contains a policy variable, which is only known at run time. */
  readonly variable: boolean;
}

/** The position of a grant: the index of the policy (from 0) and of the statement (from 1). */
export interface StatementRef {
  readonly policy: number;
  readonly statement: number;
  readonly sid: string | null;
}
