import type { Condition } from './document.ts';
import { arnParts, hasWildcard } from './match.ts';
import { valueMatches, whenMissing } from './operator.ts';

/** Condition keys (lower case) with the same known value in every request; null: certainly absent. */
export type Facts = ReadonlyMap<string, string | null>;

/** The known properties of the resource, and the time. */
export interface Circumstances {
  readonly resource: string;
  /** The organization of the resource's account. null: none. undefined: unknown. */
  readonly organization?: string | null | undefined;
  /** The time of the request, ISO 8601; undefined: unknown. */
  readonly now?: string | undefined;
}

/**
 * Condition keys with the same value in every request to a resource: its region, account, organization, and
 * the time. Wildcard parts of the ARN give no value. Region keys apply to regional services, whose endpoints
 * serve only their own region.
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

/** Whether a condition holds by the known facts; 'maybe': its key is unknown or the comparison unsupported. */
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
