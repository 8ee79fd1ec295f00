import type { Branch } from './branch.ts';
import type { Principal } from './document.ts';
import { quoted } from './error.ts';
import { commonRanges } from './ip-range.ts';
import { type Aspect, alwaysPresent, readClaim } from './key.ts';
import { commonPatterns } from './pattern-set.ts';
import {
  exclude,
  keepServices,
  withinAccounts,
  withinArns,
  withinServices,
} from './principal-set.ts';

/** Over-approximation (superset) of a set of requests. All its members apply together. */
export interface Requester {
  /** One of these; never empty. */
  readonly principals: readonly Principal[];
  /** For each aspect, one of these values. */
  readonly bounds: ReadonlyMap<Aspect, readonly string[]>;
  /** The request lacks these aspects. */
  readonly absent: ReadonlySet<Aspect>;
  /** The request has these aspects, with any value. */
  readonly present: ReadonlySet<Aspect>;
  /** Keys whose terms the caller itself can meet. */
  readonly chosen: ReadonlyMap<string, string>;
  /** Why the true set may be smaller. */
  readonly unclear: ReadonlySet<string>;
}

/**
 * The requests of these principals, in groups to which conditions apply alike: services have no account, and
 * each identity provider has its own token claims.
 */
export function requestersOf(principals: readonly Principal[]): readonly Requester[] {
  if (principals.some(({ kind }) => kind === 'any')) return [requester([{ kind: 'any' }])];
  const services = principals.filter(({ kind }) => kind === 'service');
  const federated = principals.filter(({ kind }) => kind === 'federated');
  const others = principals.filter(({ kind }) => kind !== 'service' && kind !== 'federated');
  return [services, others, ...federated.map((one) => [one])]
    .filter((group) => group.length > 0)
    .map(requester);
}

function requester(principals: readonly Principal[]): Requester {
  return {
    principals,
    bounds: new Map(),
    absent: new Set(),
    present: new Set(),
    chosen: new Map(),
    unclear: new Set(),
  };
}

/** Adds a reason why the true set may be smaller. */
export function doubt(from: Requester, why: string): Requester {
  return from.unclear.has(why) ? from : { ...from, unclear: new Set([...from.unclear, why]) };
}

/** Over-approximation of the requests that are also in the branch; null: none. */
export function narrow(from: Requester, branch: Branch): Requester | null {
  switch (branch.way) {
    case 'free':
      return from;
    case 'chosen':
      return choosing(from, branch.key, branch.terms);
    case 'attained': {
      const having = withAny(from, branch.aspect);
      return having === null ? null : choosing(having, branch.key, branch.terms);
    }
    case 'unclear':
      return doubt(from, branch.why);
    case 'absent':
      return without(from, branch.aspect);
    case 'within':
      return within(from, branch.aspect, branch.values, branch.key);
    case 'outside':
      return outside(from, branch.aspect, branch.excludes);
  }
}

/** A term that any caller can meet is no restriction, unless two terms on one key differ. */
function choosing(from: Requester, key: string, terms: string): Requester {
  const earlier = from.chosen.get(key);
  if (earlier === terms || (earlier !== undefined && terms === '')) return from;
  if (earlier !== undefined && earlier !== '') {
    return doubt(from, `several conditions on ${quoted(key)}`);
  }
  return { ...from, chosen: new Map([...from.chosen, [key, terms]]) };
}

function withAny(from: Requester, aspect: Aspect): Requester | null {
  if (from.absent.has(aspect)) return null;
  if (from.present.has(aspect)) return from;
  const able = ofServices.has(aspect) ? among(from, keepServices(from.principals, true)) : from;
  if (able === null) return null;
  const having = { ...able, present: new Set([...able.present, aspect]) };
  const odd = aspect === 'ip' ? overEndpoint(from) : viaEndpoint.has(aspect) && hasAny(from, 'ip');
  return odd ? doubt(having, 'a request over a VPC endpoint has no source address') : having;
}

/** Only requests of a service for itself or for a resource have these (…_condition-keys, Availability). */
const ofServices: ReadonlySet<Aspect> = new Set([
  'service',
  'source-account',
  'source-arn',
  'source-organization',
]);

const viaEndpoint: ReadonlySet<Aspect> = new Set([
  'vpce',
  'vpc',
  'vpce-account',
  'vpce-organization',
]);

function overEndpoint(from: Requester): boolean {
  return [...viaEndpoint].some((aspect) => hasAny(from, aspect));
}

function hasAny({ present, bounds }: Requester, aspect: Aspect): boolean {
  return present.has(aspect) || bounds.has(aspect);
}

function without(from: Requester, aspect: Aspect): Requester | null {
  if (from.absent.has(aspect)) return from;
  if (from.bounds.has(aspect) || from.present.has(aspect)) return null;
  if (alwaysPresent.has(aspect) || (identity.has(aspect) && !isServices(from))) return null;
  if (aspect === 'subject') return doubt(from, `open to requests that carry no ${aspect}`);
  return { ...from, absent: new Set([...from.absent, aspect]) };
}

/**
 * Every signed request has the account, ARN and id of its principal (…_condition-keys, Availability). The
 * page does not state this for services.
 */
const identity: ReadonlySet<Aspect> = new Set(['account', 'arn', 'user-id']);

function within(
  from: Requester,
  aspect: Aspect,
  values: readonly string[],
  key: string,
): Requester | null {
  if (from.absent.has(aspect)) return null;
  switch (aspect) {
    case 'account':
      return among(from, withinAccounts(from.principals, values));
    case 'arn':
      return among(from, withinArns(from.principals, values));
    case 'is-service':
      return among(from, keepServices(from.principals, values.includes('true')));
    case 'service':
      return among(from, withinServices(from.principals, values));
    case 'source-account':
    case 'source-arn':
    case 'source-organization': {
      const services = among(from, keepServices(from.principals, true));
      return services === null ? null : bounded(services, aspect, values);
    }
    case 'user-id':
    case 'organization':
      return isServices(from) ? null : bounded(from, aspect, values);
    case 'subject':
      return withinSubjects(from, values, key);
    case 'tls':
      return values.includes('true') ? from : doubt(from, 'only requests without TLS');
    case 'mfa':
    case 'via-service':
    case 'vpce':
    case 'vpc':
    case 'ip':
    case 'vpce-account':
    case 'vpce-organization':
      return bounded(from, aspect, values);
  }
}

/** Whether only calls of an AWS service with the credentials of its caller match. */
export function isViaService({ bounds }: Requester): boolean {
  return bounds.get('via-service')?.includes('true') ?? false;
}

/** A service principal belongs to no account and no organization (…_condition-keys, aws:PrincipalOrgID, Note). */
export function isServices({ principals }: Requester): boolean {
  return principals.every(({ kind }) => kind === 'service');
}

function among(from: Requester, principals: readonly Principal[]): Requester | null {
  const narrowed = { ...from, principals };
  if (principals.length === 0) return null;
  const memberOnly = from.bounds.has('organization') || from.bounds.has('user-id');
  return memberOnly && isServices(narrowed) ? null : narrowed;
}

function withinSubjects(from: Requester, values: readonly string[], key: string): Requester | null {
  const [principal] = from.principals;
  if (principal?.kind !== 'federated') return doubt(from, `depends on ${quoted(key)}`);
  const issuer = principal.provider.split(':oidc-provider/').at(-1);
  return issuer?.toLowerCase() === readClaim(key)?.provider
    ? bounded(from, 'subject', values)
    : doubt(from, `${quoted(key)} is a claim of another provider`);
}

function bounded(from: Requester, aspect: Aspect, values: readonly string[]): Requester | null {
  const held = from.bounds.get(aspect);
  const left = held === undefined ? values : common(aspect, held, values);
  if (left.length === 0) return null;
  if (held?.length === left.length && left.every((value, at) => value === held[at])) return from;
  return { ...from, bounds: new Map([...from.bounds, [aspect, left]]) };
}

function common(
  aspect: Aspect,
  one: readonly string[],
  other: readonly string[],
): readonly string[] {
  if (aspect === 'ip') return commonRanges(one, other);
  if (aspect === 'source-arn' || aspect === 'user-id' || aspect === 'subject') {
    return commonPatterns(one, other);
  }
  const allowed = new Set(other);
  return one.filter((value) => allowed.has(value));
}

function outside(
  from: Requester,
  aspect: Aspect,
  excludes: (value: string) => boolean,
): Requester | null {
  if (aspect === 'account' || aspect === 'arn') {
    return among(from, exclude(from.principals, aspect, excludes));
  }
  const having = withAny(from, aspect);
  if (having === null || aspect !== 'organization') return having;
  const held = from.bounds.get(aspect);
  if (held === undefined) return having;
  const left = held.filter((value) => !excludes(value));
  if (left.length === 0) return null;
  return { ...from, bounds: new Map([...from.bounds, [aspect, left]]) };
}
