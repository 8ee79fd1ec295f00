import { arnParts, matches, matchesArn } from './match.ts';

/** A condition operator (IAM User Guide, reference_policies_elements_condition_operators). */
export interface Operator {
  readonly family: Family;
  readonly test: Test;
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly quantifier: 'none' | 'all' | 'any';
}

type Family = 'string' | 'arn' | 'bool' | 'ip' | 'numeric' | 'date' | 'binary' | 'null';
type Test = 'equals' | 'ignoring-case' | 'like' | Order;
type Order = 'less' | 'at-most' | 'greater' | 'at-least';

type Comparison = Pick<Operator, 'family' | 'test' | 'negated'>;

const is = (family: Family, test: Test): Comparison => ({ family, test, negated: false });
const not = (family: Family, test: Test): Comparison => ({ family, test, negated: true });

const comparisons: ReadonlyMap<string, Comparison> = new Map([
  ['stringequals', is('string', 'equals')],
  ['stringnotequals', not('string', 'equals')],
  ['stringequalsignorecase', is('string', 'ignoring-case')],
  ['stringnotequalsignorecase', not('string', 'ignoring-case')],
  ['stringlike', is('string', 'like')],
  ['stringnotlike', not('string', 'like')],
  ['arnequals', is('arn', 'like')],
  ['arnlike', is('arn', 'like')],
  ['arnnotequals', not('arn', 'like')],
  ['arnnotlike', not('arn', 'like')],
  ['bool', is('bool', 'equals')],
  ['ipaddress', is('ip', 'like')],
  ['notipaddress', not('ip', 'like')],
  ['numericequals', is('numeric', 'equals')],
  ['numericnotequals', not('numeric', 'equals')],
  ['numericlessthan', is('numeric', 'less')],
  ['numericlessthanequals', is('numeric', 'at-most')],
  ['numericgreaterthan', is('numeric', 'greater')],
  ['numericgreaterthanequals', is('numeric', 'at-least')],
  ['dateequals', is('date', 'equals')],
  ['datenotequals', not('date', 'equals')],
  ['datelessthan', is('date', 'less')],
  ['datelessthanequals', is('date', 'at-most')],
  ['dategreaterthan', is('date', 'greater')],
  ['dategreaterthanequals', is('date', 'at-least')],
  ['binaryequals', is('binary', 'equals')],
  ['null', is('null', 'equals')],
]);

const quantifiers = [
  ['forallvalues:', 'all'],
  ['foranyvalue:', 'any'],
] as const;

/**
 * Parses a condition operator name with its set prefix and IfExists suffix, case-insensitively; null: IAM has
 * no such operator.
 * Vendor page: IAM User Guide, reference_policies_elements_condition_operators.
 */
export function readOperator(name: string): Operator | null {
  const lower = name.toLowerCase();
  const prefix = quantifiers.find(([text]) => lower.startsWith(text));
  const unprefixed = prefix === undefined ? lower : lower.slice(prefix[0].length);
  const ifExists = unprefixed.endsWith('ifexists');
  const comparison = comparisons.get(ifExists ? unprefixed.slice(0, -8) : unprefixed);
  if (comparison === undefined) return null;
  const quantifier = prefix === undefined ? 'none' : prefix[1];
  const modified = ifExists || quantifier !== 'none';
  if (comparison.family === 'null' && modified) return null;
  return { ...comparison, ifExists, quantifier };
}

/**
 * Whether one value of the policy matches one value of the request, before negation. Null: not supported
 * (binary, addresses, invalid numbers or dates, an ARN pattern without six parts), or AWS does not document
 * the case sensitivity of `True`.
 */
export function valueMatches(operator: Operator, wanted: string, actual: string): boolean | null {
  switch (operator.family) {
    case 'string':
      if (operator.test === 'like') return matches(wanted, actual);
      if (operator.test === 'equals') return wanted === actual;
      return wanted.toLowerCase() === actual.toLowerCase();
    case 'arn':
      return arnParts(wanted).length === 6 ? matchesArn(wanted, actual) : null;
    case 'numeric':
      return compare(operator.test, numberOf(wanted), numberOf(actual));
    case 'date':
      return compare(operator.test, secondsOf(wanted), secondsOf(actual));
    case 'bool':
      if (wanted === actual) return true;
      return wanted.toLowerCase() === actual ? null : false;
    case 'ip':
    case 'binary':
    case 'null':
      return null;
  }
}

function compare(test: Test, wanted: number, actual: number): boolean | null {
  if (Number.isNaN(wanted) || Number.isNaN(actual)) return null;
  switch (test) {
    case 'equals':
      return actual === wanted;
    case 'less':
      return actual < wanted;
    case 'at-most':
      return actual <= wanted;
    case 'greater':
      return actual > wanted;
    case 'at-least':
      return actual >= wanted;
    case 'ignoring-case':
    case 'like':
      return null;
  }
}

function numberOf(text: string): number {
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

const isoDate =
  /^\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?)?)?$/;

/** Parses a date: a W3C form of ISO 8601, or epoch seconds (…_condition_operators, Date). */
function secondsOf(text: string): number {
  if (isoDate.test(text)) return Date.parse(text) / 1000;
  return /^\d{5,12}$/.test(text) ? Number(text) : Number.NaN;
}

/**
 * The result of the condition if the request lacks the key. 'either': the vendor's pages contradict each
 * other (negated ForAllValues: the example says no match, the text says true), or two modifiers do.
 */
export function whenMissing(operator: Operator): boolean | 'either' {
  if (operator.quantifier === 'any')
    return operator.ifExists || operator.negated ? 'either' : false;
  if (operator.ifExists) return true;
  if (operator.quantifier === 'all') return operator.negated ? 'either' : true;
  return operator.negated;
}
