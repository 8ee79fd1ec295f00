import type { Condition } from './document.ts';
import { quoted } from './error.ts';
import type { Facts } from './facts.ts';
import { decide } from './facts.ts';
import { type Aspect, alwaysPresent, type Role, roleOf } from './key.ts';
import { type Operator, valueMatches, whenMissing } from './operator.ts';
import { type Pin, pin } from './pin.ts';
import { resolved } from './variable.ts';

/** One case in which a condition has the given result. Every request with that result is in at least one branch. */
export type Branch =
  /** Any request. */
  | { readonly way: 'free' }
  /** Any caller can arrange to meet it; `terms`: the condition to meet. */
  | { readonly way: 'chosen'; readonly key: string; readonly terms: string }
  /** The request has the key, with a value that any caller can obtain. */
  | {
      readonly way: 'attained';
      readonly aspect: Aspect;
      readonly key: string;
      readonly terms: string;
    }
  /** The policy alone does not decide it. */
  | { readonly way: 'unclear'; readonly why: string }
  /** The request lacks the key. */
  | { readonly way: 'absent'; readonly aspect: Aspect }
  /** The request has the key with one of these values. */
  | {
      readonly way: 'within';
      readonly aspect: Aspect;
      readonly values: readonly string[];
      readonly key: string;
    }
  /** The request has the key with a value outside `excludes`. */
  | {
      readonly way: 'outside';
      readonly aspect: Aspect;
      readonly excludes: (value: string) => boolean;
    };

type Bound = Extract<Role, { readonly role: 'bound' }>;

const free: Branch = { way: 'free' };
const unclear = (key: string, why: string): Branch => ({
  way: 'unclear',
  why: `${quoted(key)}: ${why}`,
});

/**
 * The cases in which a condition holds (or does not hold).
 * In: the condition, the result to look for, and the known keys of every request to the resource.
 * Out: branches that together cover every request with that result; none if there is no such request.
 * Vendor pages: IAM User Guide, reference_policies_elements_condition_operators and
 * reference_policies_condition-single-vs-multi-valued-context-keys.
 */
export function branches(written: Condition, holds: boolean, facts: Facts): readonly Branch[] {
  const condition = resolved(written, facts);
  const { key, operator } = condition;
  if (condition.variable) return [unclear(key, 'compared with a policy variable')];
  const known = decide(condition, facts);
  if (known !== 'maybe') return known === holds ? [free] : [];
  const role = roleOf(key);
  switch (role.role) {
    case 'unknown':
      return [unclear(key, 'depends on the request')];
    case 'chosen':
      return [{ way: 'chosen', key, terms: termsOf(condition, holds) }];
    case 'free':
      return [free];
    case 'bound':
      if (operator.family === 'null') return whetherPresent(condition, holds, role);
      if (role.many && operator.quantifier === 'none') {
        return [unclear(key, 'has several values and no set operator')];
      }
      return [present(condition, holds, role), ...missing(operator, holds, role, key)].flat();
  }
}

/** Identifies the terms of a condition on a key: several terms together may be contradictory. */
function termsOf({ operator, values }: Condition, holds: boolean): string {
  return JSON.stringify([operator, values, holds]);
}

function whetherPresent(condition: Condition, holds: boolean, role: Bound): readonly Branch[] {
  const { values, key } = condition;
  const asked = new Set(values.map((value) => value.toLowerCase() === String(holds)));
  if (asked.size !== 1) return [unclear(key, 'compared with both true and false')];
  const { aspect } = role;
  return asked.has(true) ? [{ way: 'absent', aspect }] : [anyValue(condition, role)];
}

/** The branches of requests with the key. */
function present(condition: Condition, holds: boolean, role: Bound): readonly Branch[] {
  const { key, operator, values } = condition;
  const matched = pin(role, operator, values);
  if (matched.to === 'unclear') return [unclear(key, matched.why)];
  if (role.shape === 'flag') return flag(matched, key, holds !== operator.negated, role);
  return holds !== operator.negated
    ? [inside(condition, holds, matched, role)]
    : outside(condition, holds, matched, role);
}

function inside(condition: Condition, holds: boolean, matched: Pin, role: Bound): Branch {
  const { key } = condition;
  switch (matched.to) {
    case 'these':
      return { way: 'within', aspect: role.aspect, values: matched.values, key };
    case 'every':
      return anyValue(condition, role);
    case 'attainable':
      return attained(condition, holds, role);
    case 'unclear':
      return unclear(key, matched.why);
  }
}

function attained(condition: Condition, holds: boolean, { aspect }: Bound): Branch {
  return { way: 'attained', aspect, key: condition.key, terms: termsOf(condition, holds) };
}

/** Any value of the key. Every signed request has an account, an ARN and an id; not all have an organization or endpoint. */
function anyValue({ key }: Condition, { aspect }: Bound): Branch {
  const given = aspect === 'account' || aspect === 'arn' || aspect === 'user-id';
  return given ? free : { way: 'attained', aspect, key, terms: '' };
}

function outside(
  condition: Condition,
  holds: boolean,
  matched: Pin,
  role: Bound,
): readonly Branch[] {
  const { key, operator, values } = condition;
  if (matched.to === 'every') {
    // Every value matches a plain "*"; for addresses and ARNs this is not certain.
    return role.shape === 'id' && operator.test === 'like' && values.includes('*')
      ? []
      : [unclear(key, 'shuts out nearly every value')];
  }
  if (matched.to === 'attainable' || role.many) return [attained(condition, holds, role)];
  const excludes = (value: string) =>
    values.some((wanted) => valueMatches(operator, wanted, value) === true);
  return [{ way: 'outside', aspect: role.aspect, excludes }];
}

function flag(matched: Pin, key: string, wanted: boolean, { aspect }: Bound): readonly Branch[] {
  const named = matched.to === 'these' ? matched.values : ['true', 'false'];
  const left = ['true', 'false'].filter((value) => named.includes(value) === wanted);
  if (left.length === 2)
    return [alwaysPresent.has(aspect) ? free : { way: 'attained', aspect, key, terms: '' }];
  return left.length === 0 ? [] : [{ way: 'within', aspect, values: left, key }];
}

/** The branch of requests without the key, if they have the result. */
function missing(operator: Operator, holds: boolean, role: Bound, key: string): readonly Branch[] {
  const truth = whenMissing(operator);
  if (truth === 'either') return [unclear(key, 'unclear for requests without it')];
  return truth === holds ? [{ way: 'absent', aspect: role.aspect }] : [];
}
