import type { Condition } from './document.ts';
import { arnParts, hasWildcard } from './match.ts';
import { valueMatches, whenMissing } from './operator.ts';

/** Condition keys (lower case) whose value is known for every request asked about; null: surely absent. */
export type Facts = ReadonlyMap<string, string | null>;

/** What is known of the resource asked about, and of the moment. */
export interface Circumstances {
  readonly resource: string;
  /** The organization of the resource's account. null: it is in none. undefined: not known. */
  readonly organization?: string | null | undefined;
  /** The time of the request, ISO 8601; undefined: not known. */
  readonly now?: string | undefined;
}

/**
 * Condition keys that have the same value in every request to a resource: its region, its account, that
 * account's organization, and the time. Parts of the ARN with wildcards tell nothing. Region keys hold for
 * regional services, whose endpoints serve their own region alone.
 */
export function factsOf({ resource, organization, now }: Circumstances): Facts {
  const [, , , region = '', account = ''] = arnParts(resource);
  const facts = new Map<string, string | null>();
  if (region !== '' && !hasWildcard(region)) facts.set('aws:requestedregion', region);
  if (/^\d{12}$/.test(account)) facts.set('aws:resourceaccount', account);
  if (organization !== undefined) facts.set('aws:resourceorgid', organization);
  if (now !== undefined) {
    facts.set('aws:currenttime', now);
    facts.set('aws:epochtime', String(Math.floor(Date.parse(now) / 1000)));
  }
  return facts;
}

const times: ReadonlySet<string> = new Set(['aws:currenttime', 'aws:epochtime']);

/**
 * Does a condition hold, as far as the known facts tell?
 * Out: 'maybe' when its key is not among them, or the comparison is not one this room computes.
 */
export function decide(condition: Condition, facts: Facts): boolean | 'maybe' {
  const { key, operator, values, variable } = condition;
  const actual = facts.get(key);
  if (actual === undefined || variable || values.length === 0) return 'maybe';
  if (operator.family === 'null') {
    const wanted = new Set(
      values.map((value) => (value.toLowerCase() === 'true') === (actual === null)),
    );
    return wanted.size === 1 ? wanted.has(true) : 'maybe';
  }
  if (actual === null) {
    const truth = whenMissing(operator);
    return truth === 'either' ? 'maybe' : truth;
  }
  if (times.has(key) && operator.family !== 'date' && operator.family !== 'numeric') return 'maybe';
  const results = values.map((wanted) => valueMatches(operator, wanted, actual));
  if (results.includes(true)) return !operator.negated;
  return results.includes(null) ? 'maybe' : operator.negated;
}
