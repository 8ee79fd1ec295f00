import { type Branch, branches } from './branch.ts';
import type { Condition, PolicyDocument, Principals, Statement } from './document.ts';
import type { Facts } from './facts.ts';
import { isNamed, sparedOf } from './principal-set.ts';
import { doubt, narrow, type Requester, requestersOf } from './requester.ts';
import { relate, selectsAction } from './selector.ts';

/** One action without wildcards on a resource, and the known keys of every such request. */
export interface Question {
  readonly action: string;
  readonly resource: string;
  readonly facts: Facts;
}

/** Maximum number of branches; above it, the wider set is used. */
const MOST_BRANCHES = 64;

/** All requests. */
export const everyone: readonly Requester[] = requestersOf([{ kind: 'any' }]);

/** Over-approximation of the requests that an Allow statement allows; none if it does not apply. */
export function allowedBy(statement: Statement, question: Question): readonly Requester[] {
  if (statement.effect !== 'Allow') return [];
  if (!selectsAction(statement.actions, question.action)) return [];
  const { touches } = relate(statement, question.resource);
  if (touches === 'no') return [];
  const named = namedBy(statement.principals);
  const asked = touches === 'maybe' ? doubtAll(named, 'the resource cannot be told') : named;
  return twice(statement.conditions).reduce(
    (left, condition) => through(left, condition, question.facts),
    asked,
  );
}

/** Applies every condition twice: an exclusion can only narrow principals that an earlier condition has enumerated. */
function twice<T>(list: readonly T[]): readonly T[] {
  return list.length < 2 ? list : [...list, ...list];
}

function namedBy(principals: Principals | null): readonly Requester[] {
  if (principals === null) return doubtAll(everyone, 'no Principal is written');
  if (!principals.negated) return requestersOf(principals.list);
  const nobody = principals.list.some(({ kind }) => kind === 'any');
  return nobody ? doubtAll(everyone, 'NotPrincipal names everyone') : everyone;
}

/** The requests for which a condition holds. */
function through(
  requesters: readonly Requester[],
  condition: Condition,
  facts: Facts,
): readonly Requester[] {
  const ways = branches(condition, true, facts);
  const left = distinct(requesters.flatMap((one) => along(one, ways)));
  return left.length > MOST_BRANCHES ? doubtAll(requesters, 'too many alternatives') : left;
}

/** The effect of a Deny statement on one question. */
export type Denial =
  | { readonly principals: Principals; readonly ways: readonly Branch[] }
  | { readonly doubt: string };

/** The denial by a statement; null: it does not apply; a doubt: only the request decides whether it applies. */
function denialBy(statement: Statement, question: Question): Denial | null {
  if (statement.effect !== 'Deny') return null;
  if (!selectsAction(statement.actions, question.action)) return null;
  const relation = relate(statement, question.resource);
  if (relation.touches === 'no') return null;
  if (!relation.covers) return { doubt: 'a Deny may reach the resource' };
  const { principals, conditions } = statement;
  if (principals === null) return { doubt: 'a Deny has no Principal' };
  const ways = conditions.flatMap((condition) => branches(condition, false, question.facts));
  return { principals, ways };
}

/** All denials of a question in any of the policies. */
export function denialsOf(
  policies: readonly PolicyDocument[],
  question: Question,
): readonly Denial[] {
  return policies.flatMap(({ statements }) =>
    statements.flatMap((statement) => denialBy(statement, question) ?? []),
  );
}

/**
 * Over-approximation of the requests that remain after the denials.
 * Vendor page: IAM User Guide, reference_policies_evaluation-logic (an explicit Deny overrides every Allow).
 */
export function survivorsOf(
  requesters: readonly Requester[],
  denials: readonly Denial[],
): readonly Requester[] {
  let left = requesters;
  for (const denial of twice(denials)) {
    if (left.length === 0) return left;
    left = 'doubt' in denial ? doubtAll(left, denial.doubt) : survive(left, denial);
  }
  return left;
}

function survive(
  requesters: readonly Requester[],
  { principals, ways }: Exclude<Denial, { readonly doubt: string }>,
): readonly Requester[] {
  const left = distinct(requesters.flatMap((one) => escapees(one, principals, ways)));
  return left.length > MOST_BRANCHES ? doubtAll(requesters, 'too many Deny statements') : left;
}

/** The requests that a Deny does not match: its principal is not named, or one condition does not hold. */
function escapees(
  from: Requester,
  { list, negated }: Principals,
  ways: readonly Branch[],
): readonly Requester[] {
  const unnamed = negated
    ? from.principals.flatMap((one) => sparedOf(one, list))
    : from.principals.filter((one) => !isNamed(one, list));
  const named = negated ? from.principals : from.principals.filter((one) => isNamed(one, list));
  return [
    ...restrict(from, unnamed).flatMap((one) => requestersLike(one)),
    ...restrict(from, named).flatMap((one) => along(one, ways)),
  ];
}

function restrict(from: Requester, principals: Requester['principals']): readonly Requester[] {
  return principals.length === 0 ? [] : [{ ...from, principals }];
}

/** Regroups principals that a Deny spares; see `requestersOf`. */
function requestersLike(from: Requester): readonly Requester[] {
  return requestersOf(from.principals).map(({ principals }) => ({ ...from, principals }));
}

/** Narrows by the branches; a branch without effect makes the others redundant. */
function along(from: Requester, ways: readonly Branch[]): readonly Requester[] {
  const left = ways.flatMap((way) => narrow(from, way) ?? []);
  return left.some((one) => isSame(one, from)) ? [from] : left;
}

function isSame(one: Requester, other: Requester): boolean {
  const { principals, bounds, absent, present, chosen, unclear } = other;
  if (one.bounds !== bounds || one.absent !== absent || one.present !== present) return false;
  if (one.chosen !== chosen || one.unclear !== unclear) return false;
  if (one.principals.length !== principals.length) return false;
  return one.principals.every((principal, at) => principal === principals[at]);
}

function doubtAll(requesters: readonly Requester[], why: string): readonly Requester[] {
  return requesters.map((one) => doubt(one, why));
}

/** Deduplicates requesters that differ only in their doubts; keeps the one with the fewest. */
function distinct(requesters: readonly Requester[]): readonly Requester[] {
  if (requesters.length < 2) return requesters;
  const kept = new Map<string, Requester>();
  for (const one of requesters) {
    const { principals, bounds, absent, present, chosen } = one;
    const key = JSON.stringify([
      principals,
      ...[bounds, absent, present, chosen].map((set) => [...set]),
    ]);
    const held = kept.get(key);
    if (held === undefined || one.unclear.size < held.unclear.size) kept.set(key, one);
  }
  return [...kept.values()];
}
