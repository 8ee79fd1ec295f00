import type { PolicyDocument, Statement, StatementRef } from './document.ts';
import { allowedBy, denialsOf, type Question, survivorsOf } from './evaluate.ts';
import { type Facts, factsOf } from './facts.ts';
import { type Grantee, granteesOf, type Home } from './grantee.ts';

/** A resource, all policies that apply to it, and the audited account. */
export interface Scene {
  readonly policies: readonly PolicyDocument[];
  readonly home: Home;
  /** ARN of the resource; "" for a role's trust policy, which is about the role itself. */
  readonly resource: string;
  /** The time of the requests, ISO 8601, for conditions on dates. */
  readonly now?: string | undefined;
  /** Further condition keys with the same value in every request, such as those of one identity. */
  readonly known?: Facts | undefined;
}

/** The condition keys with a known value in every request of a scene. */
export function sceneFacts({ resource, home, now, known }: Omit<Scene, 'policies'>): Facts {
  return new Map([
    ...factsOf({ resource, organization: home.organization, now }),
    ...(known ?? []),
  ]);
}

export interface Access {
  /** Whether any AWS account has access, from anywhere. 'maybe': the policies alone do not decide it. */
  readonly anyAccount: 'yes' | 'no' | 'maybe';
  /** Upper bound of the principals with access by resource policy. */
  readonly grantees: readonly Grantee[];
}

/**
 * Evaluates the resource policies together; a Deny overrides every Allow. In: the scene, and the actions of
 * the permission, without wildcards; one granted action is enough. Out: an upper bound. Identities of the
 * account itself need no resource policy: see `identityAllows`.
 * Vendor pages: IAM User Guide, reference_policies_evaluation-logic and …_cross-account.
 */
export function accessGranted(scene: Scene, actions: readonly string[]): Access {
  const facts = sceneFacts(scene);
  const found = new Map<string, Grantee>();
  for (const action of actions) {
    for (const grantee of grantedBy(scene, { action, resource: scene.resource, facts })) {
      const key = JSON.stringify({ ...grantee, actions: [] });
      const earlier = found.get(key)?.actions ?? [];
      found.set(key, { ...grantee, actions: [...earlier, action] });
    }
  }
  const grantees = [...found.values()];
  return { anyAccount: openness(grantees), grantees };
}

function grantedBy({ policies, home }: Scene, question: Question): readonly Grantee[] {
  const allowed = policies.flatMap(({ statements }, at) =>
    statements.map((statement) => ({
      ref: reference(at, statement),
      requesters: allowedBy(statement, question),
    })),
  );
  if (allowed.every(({ requesters }) => requesters.length === 0)) return [];
  const denials = denialsOf(policies, question);
  const granted = allowed.flatMap(({ ref, requesters }) =>
    survivorsOf(requesters, denials).flatMap((left) =>
      granteesOf(left, home, ref, [question.action]),
    ),
  );
  return granted.length < 2 ? granted : surest(granted);
}

/** Deduplicates grantees that differ only in `undecided`; keeps the one with the fewest reasons. */
function surest(grantees: readonly Grantee[]): readonly Grantee[] {
  const kept = new Map<string, Grantee>();
  for (const grantee of grantees) {
    const key = JSON.stringify({ ...grantee, undecided: [] });
    const held = kept.get(key);
    if (held === undefined || grantee.undecided.length < held.undecided.length) {
      kept.set(key, grantee);
    }
  }
  return [...kept.values()];
}

function reference(policy: number, { index, sid }: Statement): StatementRef {
  return { policy, statement: index, sid };
}

function openness(grantees: readonly Grantee[]): Access['anyAccount'] {
  const open = grantees.filter(isOpen);
  if (open.some((one) => one.kind === 'any-account' && one.undecided.length === 0)) return 'yes';
  return open.length > 0 ? 'maybe' : 'no';
}

/** Whether a grantee is a public identity provider, which issues tokens for users of every account. */
function isOpen(grantee: Grantee): boolean {
  if (grantee.from !== null) return false;
  if (grantee.kind === 'any-account') return true;
  return grantee.kind === 'federated' && grantee.account === null && grantee.subjects === null;
}
