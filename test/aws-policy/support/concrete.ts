/**
 * A second, independent reading of IAM: decides one concrete request instead of describing all of them.
 * Written from the vendor pages and naive on purpose. It works on the raw JSON, not on our parse.
 */
import type { Json } from './policy.ts';

export interface Request {
  readonly action: string;
  readonly resource: string;
  /** The ARNs the caller goes by: role and session, or user. Empty for a service. */
  readonly arns: readonly string[];
  readonly account: string | null;
  readonly service: string | null;
  /** Request context: key in lower case to its value or values. */
  readonly context: ReadonlyMap<string, readonly string[]>;
}

/** Where the vendor's pages leave a choice, each property is checked under every reading. */
export interface Readings {
  readonly forAllNegatedWhenMissing: boolean;
  readonly forAnyNegatedWhenMissing: boolean;
  readonly forAnyIfExistsWhenMissing: boolean;
  /** NotPrincipal spares a principal whose account alone is listed. */
  readonly accountSparesMembers: boolean;
  /** A wildcard in Resource reaches over colons, and incomplete ARNs are completed. */
  readonly wideResources: boolean;
}

export function isAllowed(
  statements: readonly Json[],
  request: Request,
  readings: Readings,
  variables: boolean,
): boolean {
  const applying = statements.filter((one) => applies(one, request, readings, variables));
  if (applying.some((one) => one['Effect'] === 'Deny')) return false;
  return applying.some((one) => one['Effect'] === 'Allow');
}

function applies(one: Json, request: Request, readings: Readings, variables: boolean): boolean {
  const negatedAction = one['NotAction'] !== undefined;
  const actions = list(one['Action'] ?? one['NotAction']);
  const action = actions.some((pattern) =>
    glob(pattern.toLowerCase(), request.action.toLowerCase()),
  );
  if (action === negatedAction) return false;
  if (!appliesToResource(one, request, readings, variables)) return false;
  if (!appliesToPrincipal(one, request, readings)) return false;
  return Object.entries(record(one['Condition'] ?? {})).every(([name, block]) =>
    Object.entries(record(block)).every(([key, values]) =>
      holds(name, key.toLowerCase(), list(values), request, readings, variables),
    ),
  );
}

function appliesToResource(
  one: Json,
  request: Request,
  { wideResources }: Readings,
  variables: boolean,
): boolean {
  const written = one['Resource'] ?? one['NotResource'];
  if (written === undefined) return true;
  const hit = list(written)
    .map((text) => substitute(text, request, variables))
    .some((text) => {
      if (text === null) return false;
      if (text === '*' || partwise(text, request.resource)) return true;
      const missing = 6 - text.split(':').length;
      const full = missing > 0 ? `${text}${':*'.repeat(missing)}` : text;
      return wideResources && (glob(text, request.resource) || glob(full, request.resource));
    });
  return hit !== (one['NotResource'] !== undefined);
}

function appliesToPrincipal(one: Json, request: Request, readings: Readings): boolean {
  const negated = one['NotPrincipal'] !== undefined;
  const written = one['Principal'] ?? one['NotPrincipal'];
  if (written === '*') return !negated;
  const named = Object.entries(record(written)).flatMap(([kind, names]) =>
    list(names).map((name) => ({ kind, name })),
  );
  const accounts = named.flatMap(({ kind, name }) =>
    kind !== 'AWS'
      ? []
      : /^\d{12}$/.test(name)
        ? [name]
        : name.endsWith(':root')
          ? [name.slice(-17, -5)]
          : [],
  );
  const everybody = named.some(({ kind, name }) => kind === 'AWS' && name === '*');
  const byName = named.some(
    ({ kind, name }) =>
      (kind === 'AWS' && request.arns.includes(name)) ||
      (kind === 'Service' && name === request.service),
  );
  const byAccount = request.account !== null && accounts.includes(request.account);
  if (!negated) return everybody || byName || byAccount;
  if (everybody || byName) return false;
  return !(byAccount && readings.accountSparesMembers);
}

function holds(
  name: string,
  key: string,
  values: readonly string[],
  request: Request,
  readings: Readings,
  variables: boolean,
): boolean {
  const [, quantifier, base = '', ifExists] =
    /^(ForAllValues:|ForAnyValue:)?(.*?)(IfExists)?$/i.exec(name) ?? [];
  const actual = request.context.get(key) ?? [];
  if (base === 'Null') return values.includes(String(actual.length === 0));
  const negated = /Not/.test(base);
  if (actual.length === 0)
    return whenMissing(quantifier, negated, ifExists !== undefined, readings);
  const wanted = values.map((value) => substitute(value, request, variables));
  const member = (value: string) =>
    wanted.some(
      (pattern) => pattern !== null && compare(base.replace('Not', ''), pattern, value),
    ) !== negated;
  return quantifier?.toLowerCase() === 'foranyvalue:' ? actual.some(member) : actual.every(member);
}

function whenMissing(
  quantifier: string | undefined,
  negated: boolean,
  ifExists: boolean,
  readings: Readings,
): boolean {
  if (quantifier?.toLowerCase() === 'foranyvalue:') {
    if (ifExists) return readings.forAnyIfExistsWhenMissing;
    return negated && readings.forAnyNegatedWhenMissing;
  }
  if (ifExists) return true;
  if (quantifier !== undefined) return negated ? readings.forAllNegatedWhenMissing : true;
  return negated;
}

function compare(base: string, wanted: string, actual: string): boolean {
  switch (base) {
    case 'StringEquals':
      return wanted === actual;
    case 'StringEqualsIgnoreCase':
      return wanted.toLowerCase() === actual.toLowerCase();
    case 'StringLike':
      return glob(wanted, actual);
    case 'ArnEquals':
    case 'ArnLike':
      return partwise(wanted, actual);
    case 'Bool':
      return wanted === actual;
    case 'IpAddress':
      return inRange(wanted, actual);
    default:
      throw new Error(`no concrete reading of ${base}`);
  }
}

function substitute(text: string, request: Request, variables: boolean): string | null {
  if (!variables || !text.includes('${')) return text;
  const key = text.slice(text.indexOf('${') + 2, text.indexOf('}')).toLowerCase();
  const value = request.context.get(key)?.[0];
  return value === undefined ? null : text.replace(/\$\{[^}]*\}/, value);
}

/** Reference wildcard match: tries everything. */
export function glob(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const [head, rest] = [pattern[0], pattern.slice(1)];
  if (head === '*') return glob(rest, text) || (text !== '' && glob(pattern, text.slice(1)));
  return text !== '' && (head === '?' || head === text[0]) && glob(rest, text.slice(1));
}

function partwise(pattern: string, arn: string): boolean {
  const split = (text: string) => [...text.split(':', 5), text.split(':').slice(5).join(':')];
  if (pattern.split(':').length < 6 || arn.split(':').length < 6) return false;
  return split(pattern).every((part, at) => glob(part, split(arn)[at] ?? ''));
}

function inRange(cidr: string, address: string): boolean {
  const [base = '', bits = '32'] = cidr.split('/');
  if (!/^\d+\.\d+\.\d+\.\d+$/.test(base)) return false;
  const value = (text: string) =>
    text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  return Math.floor(value(base) / size) === Math.floor(value(address) / size);
}

function list(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}

function record(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
