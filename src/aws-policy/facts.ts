import type { Condition } from './document.ts';
import { arnParts, hasWildcard } from './match.ts';
import { valueMatches } from './operator.ts';

/** Condition keys (lower case) whose value is known for every request asked about. */
export type Facts = ReadonlyMap<string, string>;

/**
 * What the resource itself says of every request to it: its region and its account.
 * In: the resource ARN; parts with wildcards tell nothing. Region keys hold for regional services, whose
 * endpoints serve their own region alone.
 */
export function factsOf(resource: string): Facts {
  const [, , , region = '', account = ''] = arnParts(resource);
  const facts = new Map<string, string>();
  if (region !== '' && !hasWildcard(region)) facts.set('aws:requestedregion', region);
  if (/^\d{12}$/.test(account)) facts.set('aws:resourceaccount', account);
  return facts;
}

/**
 * Does a condition hold, as far as the known facts tell?
 * Out: 'maybe' when its key is not among them, or the comparison is not one this room computes.
 */
export function decide(condition: Condition, facts: Facts): boolean | 'maybe' {
  const { key, operator, values, variable } = condition;
  const actual = facts.get(key);
  if (actual === undefined || variable || values.length === 0) return 'maybe';
  if (operator.family === 'null') {
    const asked = new Set(values.map((value) => value.toLowerCase() === 'false'));
    return asked.size === 1 ? asked.has(true) : 'maybe';
  }
  const results = values.map((wanted) => valueMatches(operator, wanted, actual));
  if (results.includes(null)) return 'maybe';
  return results.includes(true) !== operator.negated;
}
