import { type Expr, literalString, pathText } from './expression.ts';
import { compiledPattern } from './pattern.ts';
import {
  boolean,
  duration,
  entriesOf,
  fieldOf,
  kinds,
  number,
  string,
  type Type,
  timestamp,
  typeText,
  union,
  words,
} from './types.ts';

type Rule = (types: readonly Type[], args: readonly Expr[]) => Type;

/** The rule of a function with fixed types. */
function takes(parameters: readonly Type[], gives: Type): Rule {
  return (types, args) => {
    if (types.length !== parameters.length)
      throw new Error(`a function has ${types.length} arguments, expected ${parameters.length}`);
    for (const [index, parameter] of parameters.entries()) {
      expect(types[index] ?? null, parameter, args[index]);
    }
    return gives;
  };
}

function expect(type: Type, wanted: Type, arg: Expr | undefined): void {
  if (overlap(type, wanted)) return;
  const what = arg === undefined ? 'an argument' : pathText(arg);
  throw new Error(`${what} is ${typeText(type)}, expected ${typeText(wanted)}`);
}

function overlap(a: Type, b: Type): boolean {
  const [one, other] = [kinds(a), kinds(b)];
  return one === null || other === null || [...one].some((kind) => other.has(kind));
}

/** Two values of one kind: values of different kinds are never equal, so their comparison is an error. */
const equality: Rule = ([a = null, b = null], args) => {
  expect(a, b, args[0]);
  const [one, other] = [words(a), words(b)];
  if (one === null || other === null || one.some((word) => other.includes(word))) return boolean;
  throw new Error(`${named(args)} is never "${one.length === 1 ? one[0] : other[0]}"`);
};

function named(args: readonly Expr[]): string {
  const path = args.find((arg) => literalString(arg) === undefined);
  return path === undefined ? 'it' : pathText(path);
}

const ordered = union([number, string, boolean, timestamp, duration]);
const order: Rule = ([a = null, b = null], args) => {
  expect(a, ordered, args[0]);
  expect(b, a, args[1]);
  return boolean;
};

const membership: Rule = ([item = null, list = null], args) => {
  const entries = entriesOf(list);
  if (entries === undefined) throw new Error(`${named(args.slice(1))} is no list`);
  if (entries?.length === 0) return boolean;
  expect(item, entries, args[0]);
  const [possible, wanted] = [words(item), words(entries)];
  if (possible === null || wanted === null) return boolean;
  const [needles, allowed] =
    literalString(args[0]) === undefined ? [wanted, possible] : [possible, wanted];
  const odd = needles.find((word) => !allowed.includes(word));
  if (odd === undefined) return boolean;
  throw new Error(`${named(args)} is never "${odd}"`);
};

const choice: Rule = ([asked = null, a = null, b = null], args) => {
  expect(asked, boolean, args[0]);
  return union([a, b]);
};

const index: Rule = ([target = null, key = null], args) => {
  const lists = kinds(target)?.has('array') ?? true;
  const maps = kinds(target)?.has('object') ?? true;
  if (!lists && !maps) throw new Error(`${named(args)} has no entries`);
  if (!maps) expect(key, number, args[1]);
  const name = literalString(args[1]);
  if (name === undefined) return lists && !maps ? (entriesOf(target) ?? null) : null;
  const type = fieldOf(target, name);
  if (type === undefined) throw new Error(`there is no field "${name}" in ${named(args)}`);
  return type;
};

const sum: Rule = ([a = null, b = null], args) => {
  expect(a, union([number, string, timestamp, duration, [{ type: 'array' }]]), args[0]);
  if (overlap(a, timestamp) || overlap(b, timestamp)) return timestamp;
  expect(b, a, args[1]);
  if (kinds(a)?.has('string')) return string;
  return a !== null && b !== null && kinds(a)?.has('array') ? union([a, b]) : a;
};

const difference: Rule = ([a = null, b = null], args) => {
  expect(a, union([number, timestamp, duration]), args[0]);
  expect(b, union([number, timestamp, duration]), args[1]);
  if (a === null) return null;
  return overlap(a, timestamp) && b !== null && overlap(b, timestamp) ? duration : a;
};

const logical: Rule = (types, args) => {
  for (const [at, type] of types.entries()) expect(type, boolean, args[at]);
  return boolean;
};

const arithmetic = takes([number, number], number);
const aboutText = takes([string, string], boolean);
const sized = union([string, [{ type: 'array' }], [{ type: 'object' }]]);
const part = takes([duration], number);

const pattern: Rule = (types, args) => {
  aboutText(types, args);
  const text = literalString(args[1]);
  if (text === undefined) throw new Error('the pattern of matches must be a literal string');
  compiledPattern(text);
  return boolean;
};

/** Methods, which are called on a value: `name.startsWith('prod/')`. */
export const methods: ReadonlySet<string> = new Set([
  'contains',
  'startsWith',
  'endsWith',
  'matches',
  'getHours',
  'getMinutes',
  'getSeconds',
]);

/** All functions of conditions, with the result type by argument types. */
export const functions: ReadonlyMap<string, Rule> = new Map([
  ['!_', takes([boolean], boolean)],
  ['_&&_', logical],
  ['_||_', logical],
  ['@not_strictly_false', takes([boolean], boolean)],
  ['_?_:_', choice],
  ['_==_', equality],
  ['_!=_', equality],
  ['_<_', order],
  ['_<=_', order],
  ['_>_', order],
  ['_>=_', order],
  ['@in', membership],
  ['_[_]', index],
  ['_+_', sum],
  ['_-_', difference],
  ['_*_', arithmetic],
  ['_/_', arithmetic],
  ['_%_', arithmetic],
  ['-_', takes([number], number)],
  ['size', takes([sized], number)],
  ['contains', aboutText],
  ['startsWith', aboutText],
  ['endsWith', aboutText],
  ['matches', pattern],
  ['timestamp', takes([string], timestamp)],
  ['duration', takes([string], duration)],
  ['getHours', part],
  ['getMinutes', part],
  ['getSeconds', part],
]);
