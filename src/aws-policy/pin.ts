import { quoted } from './error.ts';
import { breadth, readRange } from './ip-range.ts';
import type { Role, Shape } from './key.ts';
import { arnParts, hasWildcard, literalHead } from './match.ts';
import type { Operator } from './operator.ts';

type Bound = Extract<Role, { readonly role: 'bound' }>;

/** The set that the values of a condition match. */
export type Pin =
  /** Only these identities, or patterns within one account. */
  | { readonly to: 'these'; readonly values: readonly string[] }
  /** Every value the key can have. */
  | { readonly to: 'every' }
  /** Not every value, but any account can obtain a matching one. */
  | { readonly to: 'attainable' }
  | { readonly to: 'unclear'; readonly why: string };

const every: Pin = { to: 'every' };
const attainable: Pin = { to: 'attainable' };
const unclear = (why: string): Pin => ({ to: 'unclear', why });

const families: Readonly<Record<Shape, readonly Operator['family'][]>> = {
  id: ['string'],
  path: ['string'],
  arn: ['string', 'arn'],
  'unique-id': ['string'],
  range: ['ip'],
  flag: ['bool', 'string'],
  subject: ['string'],
};

/**
 * The identities that the values of one condition match; values are alternatives.
 * Wildcards count as such for exact operators too, where AWS compares them literally and nobody matches: the
 * wider interpretation, and the intent of "*".
 * In: the property of the key, the operator, the values. Out: never narrower than what AWS matches.
 */
export function pin(key: Bound, operator: Operator, values: readonly string[]): Pin {
  if (!families[key.shape].includes(operator.family))
    return unclear('the operator does not suit the key');
  if (values.length === 0) return unclear('the condition has no value');
  if (key.shape === 'range') return pinRanges(values);
  const pins = values.map((value) => pinOne(key, operator, value));
  const widest =
    pins.find(({ to }) => to === 'every') ??
    pins.find(({ to }) => to === 'attainable') ??
    pins.find(({ to }) => to === 'unclear');
  if (widest !== undefined) return widest;
  return { to: 'these', values: pins.flatMap((one) => (one.to === 'these' ? one.values : [])) };
}

function pinOne(key: Bound, operator: Operator, value: string): Pin {
  if (value === '') return unclear('a value is empty');
  if (value.replaceAll('*', '').replaceAll('?', '') === '') return every;
  const written = operator.test === 'ignoring-case' ? value.toLowerCase() : value;
  switch (key.shape) {
    case 'id':
      return pinId(written, key.prefix);
    case 'path':
      return pinPath(written);
    case 'arn':
      return pinArn(value, operator);
    case 'unique-id':
      return pinUniqueId(value, operator);
    case 'flag':
      return pinFlag(value);
    case 'subject':
      return pinSubject(value);
    case 'range':
      return unclear('a range among names');
  }
}

function these(value: string): Pin {
  return { to: 'these', values: [value] };
}

function pinId(value: string, prefix: string): Pin {
  if (!hasWildcard(value)) return these(value);
  const bare = value.replaceAll('*', '').replaceAll('?', '');
  return prefix.startsWith(bare) ? every : unclear(`${quoted(value)} has a wildcard`);
}

/** Pins an organization path. Only the organization id is globally unique, OU ids are not. */
function pinPath(value: string): Pin {
  const id = value.split('/', 1)[0] ?? '';
  return hasWildcard(id) ? attainable : these(id);
}

function pinFlag(value: string): Pin {
  return value === 'true' || value === 'false'
    ? these(value)
    : unclear(`${quoted(value)} is no flag`);
}

const ACCOUNT = /^\d{12}$/;

/**
 * Pins an ARN. With a string operator a wildcard matches colons too, and IAM paths may contain colons: only
 * the text before the first wildcard determines the account. An ARN operator compares part by part.
 */
function pinArn(value: string, operator: Operator): Pin {
  const parts = arnParts(value);
  const account = parts[4] ?? '';
  if (operator.test === 'ignoring-case') {
    const sure = ACCOUNT.test(account) && !hasWildcard(value);
    return sure ? wholeAccount(account) : unclear('an ARN compared without case');
  }
  if (!hasWildcard(value)) {
    return parts.length === 6 ? these(value) : unclear(`${quoted(value)} is no ARN`);
  }
  const fixed = operator.family === 'arn' ? parts : arnParts(literalHead(value));
  const fixedAccount = fixed[4] ?? '';
  if (ACCOUNT.test(fixedAccount))
    return fixed.length === 6 ? these(value) : wholeAccount(fixedAccount);
  if (/\d{12}/.test(value) || /\d/.test(account)) {
    return unclear(`${quoted(value)} has a wildcard before its account`);
  }
  const name = parts[5] ?? '*';
  return name.replaceAll('*', '') === '' ? every : attainable;
}

function wholeAccount(account: string): Pin {
  return these(`arn:*:*:*:${account}:*`);
}

/** Pins a unique id. "AROA…:*" is one role; the part after the colon is the session name, chosen by the caller. */
function pinUniqueId(value: string, operator: Operator): Pin {
  if (operator.test === 'ignoring-case') return unclear('a user id without case');
  if (!hasWildcard(value) || /^(?:A[A-Z0-9]{15,127}|\d{12})(?:[:*]|$)/.test(value))
    return these(value);
  return value.startsWith('*') ? attainable : unclear(`${quoted(value)} has a wildcard`);
}

/**
 * Pins a token subject. It is restricted if the text before the first wildcard names an owner: "repo:org/…"
 * is, "repo:*" and "repo:org*" are not, because anybody can create an organization with that prefix.
 */
function pinSubject(value: string): Pin {
  if (!hasWildcard(value)) return these(value);
  const head = literalHead(value).replace(/^(?:system:serviceaccount:|[a-z_]+:)/i, '');
  if (/^[^/:@]+[/:@]/.test(head)) return these(value);
  return head === '' ? attainable : unclear(`${quoted(value)} has a wildcard in the owner`);
}

function pinRanges(values: readonly string[]): Pin {
  const ranges = values.flatMap((value) => readRange(value) ?? []);
  if (ranges.length < values.length) return unclear('a value is no address range');
  const size = breadth(ranges);
  if (size === 'wide') return unclear('the ranges hold a large part of the internet');
  return size === 'all' ? every : { to: 'these', values };
}
