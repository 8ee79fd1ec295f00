import { DecodeError } from '../../../decode/fields.ts';
import { matches } from '../../../model/wildcard.ts';

/*
 * Conditions of role assignments and of roles (Azure role assignment condition format and syntax).
 * What is not recognised is neither true nor false.
 */

/** Null: the condition cannot be decided for the request. */
export type Truth = boolean | null;

/** What somebody asks for. Attributes by lower-case name; one that is not there is not decided. */
export interface AccessRequest {
  readonly action: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export type Condition = (request: AccessRequest) => Truth;

/** In: the text of a condition. Throws `DecodeError` when its syntax is not recognised. */
export function condition(text: string): Condition {
  if (text.length > longest) throw new DecodeError('a condition is too long');
  const tokens = reader(tokensOf(text));
  const whole = disjunction(tokens);
  if (tokens.read() !== undefined)
    throw new DecodeError('a condition has words that are not recognised');
  return whole;
}

const longest = 20_000;

const tokenForm =
  /\s*(?:(\{[^{}]*\})|('[^']*')|(@[A-Za-z]+\[[^\]]*\])|(&&|\|\||[()!])|([A-Za-z0-9_:.$/-]+))/y;

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  tokenForm.lastIndex = 0;
  const end = text.trimEnd().length;
  while (tokenForm.lastIndex < end) {
    const found = tokenForm.exec(text);
    if (found === null) throw new DecodeError('a condition is not recognised');
    tokens.push(found[0].trim());
  }
  return tokens;
}

interface Reader {
  /** The token at hand, upper case; undefined: the end. */
  readonly read: () => string | undefined;
  /** Takes the token at hand. Throws at the end. */
  readonly next: () => string;
}

function reader(tokens: readonly string[]): Reader {
  let at = 0;
  return {
    read: () => tokens[at]?.toUpperCase(),
    next: () => {
      const token = tokens[at];
      at += 1;
      if (token === undefined) throw new DecodeError('a condition ends too early');
      return token;
    },
  };
}

function disjunction(tokens: Reader): Condition {
  return chain(tokens, ['OR', '||'], conjunction, either);
}

function conjunction(tokens: Reader): Condition {
  return chain(tokens, ['AND', '&&'], negation, both);
}

function chain(
  tokens: Reader,
  words: readonly string[],
  part: (tokens: Reader) => Condition,
  join: (truths: readonly Truth[]) => Truth,
): Condition {
  const parts = [part(tokens)];
  for (let word = tokens.read(); word !== undefined && words.includes(word); word = tokens.read()) {
    tokens.next();
    parts.push(part(tokens));
  }
  return (request) => join(parts.map((one) => one(request)));
}

function either(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes(null) ? null : false;
}

/** True where all are. */
export function both(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(null) ? null : true;
}

function negation(tokens: Reader): Condition {
  const token = tokens.read();
  if (token === '!' || token === 'NOT') {
    tokens.next();
    const inner = negation(tokens);
    return (request) => {
      const truth = inner(request);
      return truth === null ? null : !truth;
    };
  }
  if (token !== '(') return clause(tokens);
  tokens.next();
  const inner = disjunction(tokens);
  if (tokens.next() !== ')') throw new DecodeError('a condition lacks a closing parenthesis');
  return inner;
}

/** `ActionMatches{…}`, or an attribute, an operator and its values; other functions are not decided. */
function clause(tokens: Reader): Condition {
  const subject = tokens.next();
  const attribute = attributeOf(subject);
  const operator = attribute === null ? '' : tokens.next().toLowerCase();
  const values = valuesOf(tokens.next());
  if (subject.toLowerCase() === 'actionmatches') return actionMatches(values);
  const test = tests[operator.replace(quantifier, '')];
  if (attribute === null || test === undefined) return undecided;
  const ofAllValues = operator.includes('allvalues:');
  return ({ attributes }) => {
    const value = attributes[attribute];
    if (value === undefined) return null;
    return ofAllValues
      ? values.every((one) => test(value, one))
      : values.some((one) => test(value, one));
  };
}

const quantifier = /^for(any|all)of(any|all)values:/;

function undecided(): Truth {
  return null;
}

function attributeOf(subject: string): string | null {
  const [, name] = /^@(?:Request|Resource)\[([^\]]*)\]$/i.exec(subject) ?? [];
  return name === undefined ? null : name.trim().toLowerCase();
}

function valuesOf(token: string): readonly string[] {
  const inner = /^\{(.*)\}$/s.exec(token)?.[1];
  const words = inner === undefined ? [token] : inner.split(',');
  return words.map((word) => word.trim().replace(/^'(.*)'$/s, '$1'));
}

function actionMatches(patterns: readonly string[]): Condition {
  return ({ action }) =>
    patterns.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase()));
}

const sameGuid = (a: string, b: string) => plainGuid(a) === plainGuid(b);

function plainGuid(guid: string): string {
  return guid.replaceAll('-', '').toLowerCase();
}

const tests: Readonly<Record<string, (value: string, expected: string) => boolean>> = {
  guidequals: sameGuid,
  guidnotequals: (a, b) => !sameGuid(a, b),
  stringequals: (a, b) => a === b,
  stringequalsignorecase: (a, b) => a.toLowerCase() === b.toLowerCase(),
  stringstartswith: (a, b) => a.startsWith(b),
  stringstartswithignorecase: (a, b) => a.toLowerCase().startsWith(b.toLowerCase()),
};
