import { type Scene, sceneFacts } from './access.ts';
import { denialsOf, everyone, survivorsOf } from './evaluate.ts';
import { type Network, networkOf } from './grantee.ts';
import { arnParts, hasWildcard, literalHead } from './match.ts';
import { isServices, isViaService, type Requester } from './requester.ts';

type Place = Omit<Scene, 'known'>;

/** The requests that no Deny statement matches. */
function undenied(place: Place, action: string): readonly Requester[] {
  const { policies, resource } = place;
  const question = { action, resource, facts: sceneFacts(place) };
  return survivorsOf(everyone, denialsOf(policies, question));
}

/**
 * Whether every one of the actions is denied to everybody, unconditionally.
 * In: all resource policies that apply, the resource, the actions without wildcards.
 * Serves as deletion protection in a registry without that feature; anyone who can change the policy can
 * remove it.
 */
export function denies(place: Place, actions: readonly string[]): boolean {
  return actions.length > 0 && actions.every((action) => undenied(place, action).length === 0);
}

/** A principal that a Deny for everybody exempts. */
export interface Exempt {
  /** ARN or ARN pattern. The root ARN means a whole account. */
  readonly arn: string;
  /** Whether it is an open-ended set: all roles of an account, all Identity Center users, a whole account. */
  readonly broad: boolean;
}

/**
 * The finite list of principals exempt from a Deny of this action for everybody.
 * In: as for `denies`, with one action. Out: the list, empty if nobody is exempt; null if the policies do not
 * prove it: a condition may not hold, or the Deny exempts more than principals.
 * A negated operator with several values exempts each of them, and denies a request without the key
 * (IAM User Guide, reference_policies_condition-logic-multiple-context-keys-or-values).
 */
export function deniedExcept(place: Place, action: string): readonly Exempt[] | null {
  const spared = undenied(place, action).map(exemptsOf);
  if (!spared.every((list) => list !== null)) return null;
  const byArn = new Map(spared.flat().map((exempt) => [exempt.arn, exempt]));
  return [...byArn.values()];
}

function exemptsOf({ principals }: Requester): readonly Exempt[] | null {
  const exempts = principals.map((principal): Exempt | null => {
    if (principal.kind === 'principal')
      return { arn: principal.arn, broad: isBroad(principal.arn) };
    if (principal.kind !== 'account') return null;
    return { arn: `arn:aws:iam::${principal.id}:root`, broad: true };
  });
  return exempts.every((exempt) => exempt !== null) ? exempts : null;
}

/** A pattern with fewer characters before its first wildcard counts as open-ended. */
const SHORTEST_HEAD = 2;

/** Role paths that AWS uses itself: for Identity Center users and for services. */
const commonPaths = /^(?:aws-reserved|AWSReservedSSO|service-role\/$|aws-service-role\/$)/;

function isBroad(arn: string): boolean {
  if (!hasWildcard(arn)) return false;
  const name = literalHead(arnParts(arn)[5] ?? '');
  const [type = '', ...path] = name.split('/');
  const known = type === 'role' || type === 'user';
  return !known || path.join('').length < SHORTEST_HEAD || commonPaths.test(path.join('/'));
}

/** The networks that every request must come from: an entry of one of the lists. */
export interface Perimeter extends Network {
  /** Exemptions from the restriction. */
  readonly exempt: {
    /** AWS services calling as themselves. */
    readonly services: boolean;
    /** Calls of an AWS service on behalf of its caller. */
    readonly viaServices: boolean;
    readonly principals: readonly Exempt[];
  };
}

/**
 * The VPC endpoints, VPCs or address ranges to which a Deny limits these actions for everybody.
 * In: as for `denies`. Out: the networks and the exemptions; null if the policies do not prove it for every
 * action. Only a Deny counts: an Allow with aws:SourceVpce does not restrict principals with another Allow,
 * such as identities of the same account (IAM User Guide, access_policies_data-perimeters).
 */
export function networkBound(place: Place, actions: readonly string[]): Perimeter | null {
  const left = actions.flatMap((action) => undenied(place, action));
  const inside = left.filter((one) => networkOf(one) !== null);
  const outside = left.filter((one) => networkOf(one) === null);
  const principals = outside.filter((one) => !isExcused(one)).map(exemptsOf);
  if (inside.length === 0 || !principals.every((list) => list !== null)) return null;
  const named = new Map(principals.flat().map((exempt) => [exempt.arn, exempt]));
  return {
    ...joined(inside),
    exempt: {
      services: outside.some(isServices),
      viaServices: outside.some(isViaService),
      principals: [...named.values()],
    },
  };
}

function isExcused(one: Requester): boolean {
  return isServices(one) || isViaService(one);
}

const places = ['vpces', 'vpcs', 'ranges', 'endpointAccounts', 'endpointOrganizations'] as const;

/** Of several simultaneous requirements, the tightest. */
function joined(inside: readonly Requester[]): Network {
  const networks = inside.flatMap((one) => networkOf(one) ?? []);
  const tightest = (one: Network) => places.find((place) => one[place].length > 0);
  const all = (place: (typeof places)[number]) => [
    ...new Set(networks.flatMap((one) => (tightest(one) === place ? one[place] : []))),
  ];
  return {
    vpces: all('vpces'),
    vpcs: all('vpcs'),
    ranges: all('ranges'),
    endpointAccounts: all('endpointAccounts'),
    endpointOrganizations: all('endpointOrganizations'),
  };
}
