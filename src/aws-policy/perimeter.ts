import { type Scene, sceneFacts } from './access.ts';
import { denialsOf, everyone, survivorsOf } from './evaluate.ts';
import { type Network, networkOf } from './grantee.ts';
import { arnParts, hasWildcard, literalHead } from './match.ts';
import { isServices, isViaService, type Requester } from './requester.ts';

type Place = Omit<Scene, 'known'>;

/** Who is left of everybody in the world once the Deny statements have had their say. */
function undenied(place: Place, action: string): readonly Requester[] {
  const { policies, resource } = place;
  const question = { action, resource, facts: sceneFacts(place) };
  return survivorsOf(everyone, denialsOf(policies, question));
}

/**
 * Is every one of these actions denied to everybody, without any condition?
 * In: the resource policies in force together, the resource, the actions without wildcards.
 * Serves as deletion protection where the registry has none. It is undone by whoever may change the policy.
 */
export function denies(place: Place, actions: readonly string[]): boolean {
  return actions.length > 0 && actions.every((action) => undenied(place, action).length === 0);
}

/** A principal spared by a Deny to everybody. */
export interface Exempt {
  /** ARN, or ARN pattern. A whole account is its root ARN. */
  readonly arn: string;
  /** Spares an open-ended set: all roles of an account, all Identity Center people, a whole account. */
  readonly broad: boolean;
}

/**
 * Is this action denied to everybody but a finite list of principals?
 * In: as for `denies`, with one action. Out: the list, empty when nobody is spared; null when the
 * policies do not prove it, be it that a condition may not hold or that it spares more than principals.
 * A negated operator with several values spares each of them, and denies a request without the key
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

/** Fewer letters than this before the first wildcard hardly single anybody out. */
const SHORTEST_HEAD = 2;

/** Paths AWS itself puts roles on: those of Identity Center people and those made for services. */
const commonPaths = /^(?:aws-reserved|AWSReservedSSO|service-role\/$|aws-service-role\/$)/;

function isBroad(arn: string): boolean {
  if (!hasWildcard(arn)) return false;
  const name = literalHead(arnParts(arn)[5] ?? '');
  const [type = '', ...path] = name.split('/');
  const known = type === 'role' || type === 'user';
  return !known || path.join('').length < SHORTEST_HEAD || commonPaths.test(path.join('/'));
}

/** Where everybody must come from: something of any one list. */
export interface Perimeter extends Network {
  /** Who may come from anywhere all the same. */
  readonly exempt: {
    /** AWS services calling as themselves. */
    readonly services: boolean;
    /** Calls that an AWS service makes for its caller. */
    readonly viaServices: boolean;
    readonly principals: readonly Exempt[];
  };
}

/**
 * Is everybody denied these actions unless coming from given VPC endpoints, VPCs or address ranges?
 * In: as for `denies`. Out: where from, and the exemptions; null when the policies do not prove it for
 * every one of the actions. Only a Deny counts: an Allow under aws:SourceVpce restricts nobody who has
 * another Allow, such as an identity of the own account (IAM User Guide, access_policies_data-perimeters).
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

/** Of requirements that hold together one is named, the tightest. */
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
