import type { PolicyDocument, Statement, StatementRef } from './document.ts';
import { allowedBy, denialsOf, type Question, survivorsOf } from './evaluate.ts';
import { type Facts, factsOf } from './facts.ts';
import { type Grantee, granteesOf, type Home } from './grantee.ts';

/** A resource, the policies in force on it together, and who is at home. */
export interface Scene {
  readonly policies: readonly PolicyDocument[];
  readonly home: Home;
  /** ARN of the resource; "" for a role's trust policy, which is about the role itself. */
  readonly resource: string;
  /** The time of the requests, ISO 8601; conditions on dates are judged by it. */
  readonly now?: string | undefined;
  /** Further keys whose value is known for every request, e.g. those of the one identity that is asked about. */
  readonly known?: Facts | undefined;
}

/** What is known of every request in a scene. */
export function sceneFacts({ resource, home, now, known }: Omit<Scene, 'policies'>): Facts {
  return new Map([
    ...factsOf({ resource, organization: home.organization, now }),
    ...(known ?? []),
  ]);
}

export interface Access {
  /** Is the resource open to any AWS account, from anywhere? 'maybe': the policies alone do not tell. */
  readonly anyAccount: 'yes' | 'no' | 'maybe';
  /** At most these are let in; nobody else is, by resource policy. */
  readonly grantees: readonly Grantee[];
}

/**
 * Who is let in by the resource policies together? A Deny in any of them beats an Allow in all.
 * In: the scene, and the decisive actions of the ability asked about, without wildcards; being granted
 * any one of them is having the ability. Out: an upper bound. Identities of the own account need no
 * resource policy: for them see `identityAllows`.
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

/** Of grantees that differ in their doubts only, the one with the fewest. */
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

/** A public identity provider issues tokens to people of every account. */
function isOpen(grantee: Grantee): boolean {
  if (grantee.from !== null) return false;
  if (grantee.kind === 'any-account') return true;
  return grantee.kind === 'federated' && grantee.account === null && grantee.subjects === null;
}
