import type { Principal } from './document.ts';
import { arnParts, hasWildcard } from './match.ts';
import { commonPatterns } from './pattern-set.ts';

/**
 * Lists of principals, narrowed by what a condition says of the caller. Each function answers with at
 * least all principals that can be so. Providers, canonical users and deleted principals stay: what
 * account they act from is not written in the policy.
 */
type List = readonly Principal[];

/** Those that can belong to one of the accounts. */
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

/** More pairs of patterns than this are not compared; the list stays as it is. */
const MOST_PAIRS = 20_000;

/** Those that can have an ARN that matches one of the patterns, each pattern within one account. */
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

/** A pattern for every ARN of an account is the account. */
function principalOf(arn: string): Named | Whole {
  const [, , , , account = '', name] = arnParts(arn);
  return name === '*' ? { kind: 'account', id: account } : named(arn, account);
}

function named(arn: string, account: string): Named {
  return { kind: 'principal', arn, account };
}

/**
 * Conditions see a session by the ARN of its role, whose path the session's own ARN does not tell; so the
 * two go together when the role names agree, and what they have in common is the session.
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

/** The services among them, or all but those. */
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

/** Those that can be one of the named services. */
export function withinServices(list: List, names: readonly string[]): List {
  return keepServices(list, true).flatMap((one): List => {
    if (one.kind !== 'service') return [one];
    if (one.name === '*') return names.map((name) => ({ kind: 'service', name }));
    return names.includes(one.name) ? [one] : [];
  });
}

/** Those left when every principal is shut out whose account, or whose ARN, is `excluded`. */
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

/** Is this principal surely among those a Deny names? */
export function isNamed(one: Principal, list: List): boolean {
  return list.some((named) => {
    if (named.kind === 'any') return true;
    if (named.kind === 'account' && one.kind === 'principal') return named.id === one.account;
    return same(one, named);
  });
}

/** Which part of this principal can be among those a NotPrincipal spares? */
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
      // Either may act from the account spared; a canonical user is an account under another name.
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
