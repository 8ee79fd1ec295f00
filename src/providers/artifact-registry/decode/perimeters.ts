import {
  enumAt,
  type JsonObject,
  maybeBoolean,
  maybeEnum,
  maybeObject,
  maybeObjects,
  maybeString,
  maybeStrings,
  objectAt,
  objectOf,
  stringAt,
} from '../../../decode/fields.ts';

/** Ingress rule of a perimeter. */
export interface Ingress {
  /** Names of access levels, `projects/N`, networks, or `*`. */
  readonly sources: readonly string[];
  /** For whom: identities by name, or a word such as ANY_IDENTITY. */
  readonly identities: readonly string[];
  readonly services: readonly string[];
  readonly resources: readonly string[];
}

/** What a perimeter protects, either enforced or in dry run. */
export interface Border {
  readonly resources: readonly string[];
  readonly services: readonly string[];
  readonly accessLevels: readonly string[];
  readonly ingress: readonly Ingress[];
}

export interface Perimeter {
  readonly title: string;
  /** A bridge joins perimeters and restricts nothing. */
  readonly restricts: boolean;
  readonly inForce: Border | null;
  /** Null: no explicit dry run. */
  readonly triedOut: Border | null;
}

/** An entry of `servicePerimeters.list` (accesscontextmanager v1). */
export function perimeter(raw: JsonObject): Perimeter {
  const kind =
    raw['perimeterType'] === undefined
      ? 'PERIMETER_TYPE_REGULAR'
      : enumAt(raw, 'perimeterType', ['PERIMETER_TYPE_REGULAR', 'PERIMETER_TYPE_BRIDGE']);
  const status = maybeObject(raw, 'status');
  const spec = maybeObject(raw, 'spec');
  const dryRun = maybeBoolean(raw, 'useExplicitDryRunSpec') === true;
  return {
    title: stringAt(raw, 'title'),
    restricts: kind === 'PERIMETER_TYPE_REGULAR',
    inForce: status === null ? null : border(status),
    triedOut: dryRun && spec !== null ? border(spec) : null,
  };
}

function border(raw: JsonObject): Border {
  return {
    resources: maybeStrings(raw, 'resources'),
    services: maybeStrings(raw, 'restrictedServices'),
    accessLevels: maybeStrings(raw, 'accessLevels'),
    ingress: maybeObjects(raw, 'ingressPolicies').map(ingress),
  };
}

function ingress(raw: JsonObject): Ingress {
  const from = objectAt(raw, 'ingressFrom');
  const to = objectAt(raw, 'ingressTo');
  const anybody = maybeString(from, 'identityType');
  return {
    sources: maybeObjects(from, 'sources').map(sourceOf),
    identities:
      anybody === null || anybody === 'IDENTITY_TYPE_UNSPECIFIED'
        ? maybeStrings(from, 'identities')
        : [anybody],
    services: servicesOf(to),
    resources: maybeStrings(to, 'resources'),
  };
}

/** A rule may name roles in place of operations. The services of a role are not listed: assume any. */
function servicesOf(to: JsonObject): readonly string[] {
  if (maybeStrings(to, 'roles').length > 0) return ['*'];
  return maybeObjects(to, 'operations').map((operation) => stringAt(operation, 'serviceName'));
}

function sourceOf(raw: JsonObject): string {
  const level = maybeString(raw, 'accessLevel');
  return level === null ? stringAt(raw, 'resource') : level;
}

/** Networks from which an access level lets callers in. */
export interface AccessLevel {
  readonly name: string;
  /** Null: it depends on more than the address, so the networks are unknown. */
  readonly ranges: readonly string[] | null;
}

/** An entry of `accessLevels.list`: only lists of address ranges are understood. */
export function accessLevel(raw: JsonObject): AccessLevel {
  const name = stringAt(raw, 'name');
  const basic = maybeObject(raw, 'basic');
  if (basic === null) return { name, ranges: null };
  const conditions = maybeObjects(basic, 'conditions').map(rangesOf);
  const every = maybeEnum(basic, 'combiningFunction', ['AND', 'OR']) !== 'OR';
  const ranged = conditions.filter((ranges) => ranges !== null);
  // Of conditions that must all hold, one with address ranges is enough to know the networks.
  const [first] = ranged;
  if (every && first !== undefined) return { name, ranges: first };
  return {
    name,
    ranges: ranged.length === conditions.length && ranged.length > 0 ? ranged.flat() : null,
  };
}

function rangesOf(condition: JsonObject): readonly string[] | null {
  const ranges = maybeStrings(condition, 'ipSubnetworks');
  return ranges.length === 0 || maybeBoolean(condition, 'negate') === true ? null : ranges;
}

/** `vpcscConfig`, as the vendor's client hands it on: a new word is a number. Undefined means DENY. */
export function fetchesFromOutside(raw: unknown, location: string): boolean {
  const answer = objectOf(raw, 'the configuration');
  // It may name the project by its number.
  if (!stringAt(answer, 'name').endsWith(`/locations/${location}/vpcscConfig`)) {
    throw new Error('the configuration is of another location');
  }
  return enumAt(answer, 'vpcscPolicy', ['VPCSC_POLICY_UNSPECIFIED', 'DENY', 'ALLOW']) === 'ALLOW';
}
