import type { Principal } from './document.ts';
import { arnParts, hasWildcard } from './match.ts';
import { commonPatterns } from './pattern-set.ts';

/**
 * Lists of principals, narrowed by conditions on the caller. Each function returns an over-approximation.
 * Providers, canonical users and deleted principals are kept: the policy does not contain their account.
 */
type List = readonly Principal[];

/** The principals that can belong to one of the accounts. */
export function withinAccounts(list: List, ids: readonly string[]): List {
  const wanted = new Set(ids);
  return list.flatMap((one) => withinAccount(one, wanted));
}

function withinAccount(one: Principal, ids: ReadonlySet<string>): List {
  switch (one.kind) {
    case 'any':
      return [...ids].map((id) => ({ kind: 'account', id }));
    case 'account':
      return ids.has(one.id) ? [one] : [];
    case 'principal':
      return ids.has(one.account) ? [one] : [];
    case 'service':
      return [];
    case 'federated':
    case 'canonical-user':
    case 'deleted-principal':
      return [one];
  }
}

/** Maximum number of compared pairs of patterns; above it, the list is returned unchanged. */
const MOST_PAIRS = 20_000;

/** The principals whose ARN can match one of the patterns, each pattern within one account. */
export function withinArns(list: List, patterns: readonly string[]): List {
  if (list.length * patterns.length > MOST_PAIRS) return list;
  const wanted = patterns.map(principalOf);
  const kept = list.flatMap((one) => withinArn(one, wanted));
  return [...new Map(kept.map((one) => [keyOf(one), one])).values()];
}

function keyOf(one: Principal): Principal | string {
  return one.kind === 'principal' ? one.arn : one;
}

function withinArn(one: Principal, wanted: readonly (Named | Whole)[]): List {
  switch (one.kind) {
    case 'any':
      return wanted;
    case 'account':
      return wanted.flatMap((other): List => {
        if (other.kind === 'account') return other.id === one.id ? [one] : [];
        return other.account === one.id ? [other] : [];
      });
    case 'principal': {
      if (wanted.some((other) => other.kind === 'account' && other.id === one.account))
        return [one];
      return commonPrincipals(
        one,
        wanted.filter((other) => other.kind === 'principal'),
      );
    }
    case 'service':
      return [];
    case 'federated':
    case 'canonical-user':
    case 'deleted-principal':
      return [one];
  }
}

type Named = Extract<Principal, { readonly kind: 'principal' }>;
type Whole = Extract<Principal, { readonly kind: 'account' }>;

/** Converts an ARN pattern; a pattern for every ARN of an account is the account. */
function principalOf(arn: string): Named | Whole {
  const [, , , , account = '', name] = arnParts(arn);
  return name === '*' ? { kind: 'account', id: account } : named(arn, account);
}

function named(arn: string, account: string): Named {
  return { kind: 'principal', arn, account };
}

/**
 * The intersection of one principal with others. In conditions a session has the ARN of its role, whose path
 * is not part of the session ARN; so a session and a role with the same name match, and their intersection is
 * the session.
 */
function commonPrincipals(one: Named, others: readonly Named[]): readonly Named[] {
  const near = others.filter(({ account }) => account === one.account);
  if (isSession(one))
    return near.some((other) => other.arn === one.arn || isRoleOf(one, other)) ? [one] : [];
  const sessions = near.filter((other) => isSession(other) && isRoleOf(other, one));
  const arns = near.filter((other) => !isSession(other)).map(({ arn }) => arn);
  const common = commonPatterns([one.arn], arns);
  return [...common.map((arn) => (arn === one.arn ? one : named(arn, one.account))), ...sessions];
}

function isRoleOf(session: Named, role: Named): boolean {
  const [, name] = session.arn.split('/');
  return hasWildcard(role.arn) || role.arn.split('/').at(-1) === name;
}

function isSession({ arn }: Named): boolean {
  return arn.includes(':sts:');
}

/** Only the services of a list, or all but the services. */
export function keepServices(list: List, services: boolean): List {
  return list.flatMap((one) => keepService(one, services));
}

function keepService(one: Principal, services: boolean): List {
  switch (one.kind) {
    case 'any':
      return services ? [{ kind: 'service', name: '*' }] : [one];
    case 'service':
      return services ? [one] : [];
    case 'account':
    case 'principal':
      return services ? [] : [one];
    case 'federated':
    case 'canonical-user':
    case 'deleted-principal':
      return [one];
  }
}

/** The principals that can be one of the named services. */
export function withinServices(list: List, names: readonly string[]): List {
  return keepServices(list, true).flatMap((one): List => {
    if (one.kind !== 'service') return [one];
    if (one.name === '*') return names.map((name) => ({ kind: 'service', name }));
    return names.includes(one.name) ? [one] : [];
  });
}

/** The principals that remain without those whose account or ARN is in `excluded`. */
export function exclude(
  list: List,
  by: 'account' | 'arn',
  excluded: (value: string) => boolean,
): List {
  return list.filter((one) => {
    if (one.kind === 'account') return by === 'arn' || !excluded(one.id);
    if (one.kind !== 'principal') return true;
    if (by === 'account') return !excluded(one.account);
    return isSession(one) || hasWildcard(one.arn) || !excluded(one.arn);
  });
}

/** Whether a Deny for these principals certainly matches this one. */
export function isNamed(one: Principal, list: List): boolean {
  return list.some((named) => {
    if (named.kind === 'any') return true;
    if (named.kind === 'account' && one.kind === 'principal') return named.id === one.account;
    return same(one, named);
  });
}

/** The part of this principal that a NotPrincipal can exempt. */
export function sparedOf(one: Principal, list: List): List {
  return list.flatMap((spared) => commonOf(one, spared));
}

function commonOf(one: Principal, spared: Principal): List {
  if (spared.kind === 'any' || same(one, spared)) return [one];
  switch (one.kind) {
    case 'any':
      return [spared];
    case 'account':
      if (spared.kind === 'principal') return spared.account === one.id ? [spared] : [];
      return spared.kind === 'canonical-user' ? [one] : [];
    case 'principal':
      if (spared.kind === 'account') return spared.id === one.account ? [one] : [];
      if (spared.kind === 'principal') return commonPrincipals(one, [spared]);
      return spared.kind === 'canonical-user' ? [one] : [];
    case 'service':
      return spared.kind === 'service' && one.name === '*' ? [spared] : [];
    case 'federated':
    case 'canonical-user':
    case 'deleted-principal':
      // Either may act from the exempt account; a canonical user is another id of an account.
      return spared.kind === 'service' ? [] : [one];
  }
}

function same(one: Principal, other: Principal): boolean {
  switch (one.kind) {
    case 'any':
      return other.kind === 'any';
    case 'account':
      return other.kind === 'account' && other.id === one.id;
    case 'principal':
      return other.kind === 'principal' && other.arn === one.arn && !hasWildcard(one.arn);
    case 'service':
      return other.kind === 'service' && other.name === one.name && one.name !== '*';
    case 'federated':
      return other.kind === 'federated' && other.provider === one.provider;
    case 'canonical-user':
      return other.kind === 'canonical-user' && other.id === one.id;
    case 'deleted-principal':
      return other.kind === 'deleted-principal' && other.id === one.id;
  }
}
