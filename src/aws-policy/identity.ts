import type { PolicyDocument, Statement, StatementRef } from './document.ts';
import { decide, type Facts, factsOf } from './facts.ts';
import { arnParts } from './match.ts';
import { relate, selectsAction } from './selector.ts';
import { resolved, withResolvedResources } from './variable.ts';

export interface IdentityQuestion {
  /** Without wildcards, such as "ecr:PutImage". */
  readonly action: string;
  /** One resource, or an ARN pattern: then at least one matching resource. */
  readonly resource: string;
  /** The permissions boundary, if the user or role has one. */
  readonly boundary?: PolicyDocument | undefined;
  /** Condition keys (lower case) with a known value for this identity, such as aws:principalarn. */
  readonly known?: Facts | undefined;
  /** The time of the request, ISO 8601. */
  readonly now?: string | undefined;
}

export interface IdentityAccess {
  /** Upper bound: treat 'maybe' as 'yes'. */
  readonly allows: 'yes' | 'no' | 'maybe';
  /** Whether the grant covers every resource of the type, such as every repository of the registry. */
  readonly reach: 'every' | 'some' | 'none';
  /** The Allow statements that grant it. */
  readonly statements: readonly StatementRef[];
}

/**
 * Whether the policies of an IAM user or role allow an action.
 * In: all its managed, inline and group policies. A Deny overrides; a boundary must allow too; conditions on
 * the request give 'maybe'. Resource policies, SCPs and session policies are not evaluated.
 * Vendor pages: IAM User Guide, reference_policies_evaluation-logic and access_policies_boundaries.
 */
export function identityAllows(
  policies: readonly PolicyDocument[],
  question: IdentityQuestion,
): IdentityAccess {
  const granted = judge(policies, question);
  if (question.boundary === undefined || granted.allows === 'no') return granted;
  const limit = judge([question.boundary], question);
  if (limit.allows === 'no') return limit;
  const both = granted.allows === 'yes' && limit.allows === 'yes';
  const every = granted.reach === 'every' && limit.reach === 'every';
  return {
    allows: both ? 'yes' : 'maybe',
    reach: every ? 'every' : 'some',
    statements: granted.statements,
  };
}

const NOTHING: IdentityAccess = { allows: 'no', reach: 'none', statements: [] };

function judge(policies: readonly PolicyDocument[], question: IdentityQuestion): IdentityAccess {
  const facts = knownFacts(question);
  const about = policies.flatMap(({ statements }, policy) =>
    statements
      .filter(({ actions }) => selectsAction(actions, question.action))
      .map((statement) => withResolvedResources(statement, facts))
      .map((statement) => ({
        statement,
        relation: relate(statement, question.resource),
        holds: holds(statement, facts),
        ref: { policy, statement: statement.index, sid: statement.sid },
      }))
      .filter((one) => one.relation.touches !== 'no' && one.holds !== 'no'),
  );
  const denies = about.filter(({ statement }) => statement.effect === 'Deny');
  const allows = about.filter(({ statement }) => statement.effect === 'Allow');
  if (allows.length === 0) return NOTHING;
  if (denies.some(({ relation, holds }) => relation.covers && holds === 'yes')) return NOTHING;
  const sure = allows.some(({ relation, holds }) => relation.touches === 'yes' && holds === 'yes');
  const all = everyLike(question.resource);
  const wide = allows.some(({ statement }) => relate(statement, all).covers);
  return {
    allows: sure && denies.length === 0 ? 'yes' : 'maybe',
    reach: wide ? 'every' : 'some',
    statements: allows.map(({ ref }) => ref),
  };
}

/** The known keys. An identity can always use TLS, so a Deny of plain HTTP has no effect. */
function knownFacts({ resource, known, now }: IdentityQuestion): Facts {
  return new Map<string, string | null>([
    ['aws:securetransport', 'true'],
    ...factsOf({ resource, now }),
    ...(known ?? []),
  ]);
}

function holds({ conditions, principals }: Statement, facts: Facts): 'yes' | 'no' | 'maybe' {
  const truths = conditions.map((condition) => decide(resolved(condition, facts), facts));
  if (truths.includes(false)) return 'no';
  // An identity policy has no principal; a policy with one is not supported here.
  return truths.includes('maybe') || principals !== null ? 'maybe' : 'yes';
}

/** The pattern for all resources of the same type: "…:repository/app" becomes "…:repository/*". */
function everyLike(resource: string): string {
  const parts = arnParts(resource);
  const name = parts[5];
  if (name === undefined) return '*';
  const type = name.slice(0, name.indexOf('/') + 1);
  return [...parts.slice(0, 5), `${type}*`].join(':');
}
