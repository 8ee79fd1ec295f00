import { describe, expect, test } from 'vitest';
import { conditions } from '../../src/declarative/condition.ts';
import { type Limits, meter, standardLimits } from '../../src/declarative/meter.ts';
import { type Schema, typeOf } from '../../src/declarative/types.ts';
import { expectations, nothingDeclared } from '../../src/model/expectations.ts';
import { registryFacts } from '../../src/model/registry.ts';
import { repositoryFacts } from '../../src/model/repository.ts';

type Known = Readonly<Record<string, unknown>>;

const schemas: Readonly<Record<string, Schema>> = {
  ...(registryFacts as Readonly<Record<string, Schema>>),
  ...(repositoryFacts as Readonly<Record<string, Schema>>),
  expected: expectations as Schema,
};

function compiled(text: string, names: readonly string[], budget = meter()) {
  const types = names.map((name) => [name, typeOf(schemas[name] ?? {})] as const);
  return conditions(budget)(text, new Map(types));
}

const subject = () => ({
  ...nothingDeclared,
  now: '2026-01-15T00:00:00Z',
  repository: 'prod/app',
});

/** The result, or the error, of one condition; and the work that it took. */
function evaluated(text: string, known: Known = {}, limits: Limits = standardLimits) {
  const budget = meter(limits);
  const condition = compiled(text, [...Object.keys(known), 'expected'], budget);
  let result: boolean | string;
  try {
    result = condition(known, subject());
  } catch (error) {
    result = error instanceof Error ? error.message : String(error);
  }
  return { result, work: limits.evaluation - budget.left() };
}

const result = (text: string, known?: Known) => evaluated(text, known).result;
const locked = { tagLock: { mode: 'all' } };
const identities = (count: number) => ({
  administrators: Array.from({ length: count }, (_, index) => ({
    kind: 'person',
    name: `name${String(index).padStart(6, '0')}`,
    via: 'owner',
    foreign: false,
    administrator: true,
  })),
});

test('the names of a condition are its facts, the time, the repository and what is declared', () => {
  expect(result("tagLock.mode == 'all'", locked)).toBe(true);
  expect(result("now - timestamp('2026-01-14T00:00:00Z') == duration('24h')")).toBe(true);
  expect(result("repository.startsWith('prod/')")).toBe(true);
  expect(result('expected.longestTokenDays > 364')).toBe(true);
});

test('no fact has the name of something else that a condition can use', () => {
  const facts = [...Object.keys(registryFacts), ...Object.keys(repositoryFacts)];
  expect(facts.length).toBeGreaterThan(40);
  expect(facts.filter((name) => ['now', 'repository', 'expected'].includes(name))).toEqual([]);
});

describe('when it is loaded, a condition', () => {
  test.each([
    ['', 'end of input'],
    ['tagLock.mode ==', 'line 1:14: found ='],
    ['tagLock', 'must be of type bool, this one is object'],
    ['tagLock.mode', 'must be of type bool, this one is string'],
    ['size(tagLock.mode)', 'must be of type bool, this one is number'],
    ["true ? tagLock.mode : 'x'", 'must be of type bool'],
    ['[true][0] ? 1 : 2', 'must be of type bool'],
    ["{'a': true}.a", 'must be of type bool, this one is anything'],
    ['null', 'must be of type bool'],
    ['!tagLock.mode', 'expected boolean'],
    ['tagLock.mode && true', 'expected boolean'],
    ['tagLock.mode ? true : false', 'expected boolean'],
    ['[1].filter(x, x).size() > 0', 'expected boolean'],
    ['tagLock.mod == "all"', 'no field "mod" in tagLock'],
    ['has(tagLock.exept)', 'no field "exept"'],
    ['tagLock["mod"] == "all"', 'no field "mod"'],
    ['administrators.all(x, x.nam == "")', 'no field "nam" in x'],
    ['administrators.filter(x, true).map(x, x)[0].nam == ""', 'no field "nam"'],
    ['tagLock.mode == "al"', 'tagLock.mode is never "al"'],
    ['tagLock.mode in ["all", "none", "al"]', 'tagLock.mode is never "al"'],
    ['tagLock.mode == 3', 'expected number'],
    ['tagLock.mode == null', 'expected null'],
    ['administrators > 3', 'expected'],
    ['tagLock.mode.all(x, true)', 'tagLock.mode is no list'],
    ['1 in tagLock.mode', 'is no list'],
    ['auditLog.on', 'there is no "auditLog" here'],
    ['[1].all(tagLock, true)', 'the name "tagLock" is taken'],
  ])('%s is refused with what is wrong with it', (text, why) => {
    expect(() => compiled(text, ['tagLock', 'administrators'])).toThrow(why);
  });

  test.each([
    '__proto__ == 1',
    'constructor == 1',
    'tagLock.__proto__ == 1',
    'tagLock.constructor == 1',
    'globalThis.process == 1',
    '@result',
    'int == int',
    'type(1) == type(2)',
    "int('1') == 1",
    'dyn(1) == 1',
    'google.protobuf.Struct{} == {}',
    "repository.replace('a', 'b') == ''",
    "repository.constructor('return process')() == 1",
    "startsWith(repository, 'x')",
    "b'a' == b'a'",
    '1u == 1u',
    'tagLock.?mode == 1',
  ])('%s is refused, because nothing but what is offered can be named', (text) => {
    expect(() => compiled(text, ['tagLock'])).toThrow();
  });

  test.each([
    ['the length', `${'true && '.repeat(300)}true`, 'at most 2000 characters'],
    ['brackets', `${'('.repeat(900)}true${')'.repeat(900)}`, 'nested too deeply'],
    ['lists', `${'['.repeat(900)}${']'.repeat(900)} == []`, 'nested too deeply'],
    ['macros', '[1].all(x, [1].all(y, [1].all(z, true)))', 'macros nest at most 2 deep'],
    ['a pattern that is no literal', 'repository.matches(repository)', 'literal'],
    ['a pattern of many states', "repository.matches('(a{101}){101}')", 'at most 100 times'],
    ['a pattern that looks back', "repository.matches('(a)\\\\1')", 'invalid escape'],
    ['a long pattern', `repository.matches('${'a'.repeat(201)}')`, 'at most 200 characters'],
  ])('has bounds of %s', (_, text, why) => {
    expect(() => compiled(text, [])).toThrow(why);
  });
});

describe('what is not there is an error and never an answer', () => {
  test.each([
    ['retention.rules.size() == 0', { retention: { mode: 'none' } }, 'field not found: rules'],
    ['!(retention.rules.size() > 0)', { retention: { mode: 'none' } }, 'field not found: rules'],
    ["!retention.rules.exists(x, x.selects == 'any')", { retention: { mode: 'none' } }, 'rules'],
    ['administrators[0].foreign', identities(0), 'out of bounds'],
    ["administrators.all(x, x.name == '')", { administrators: [{}] }, 'field not found: name'],
    ["administrators.filter(x, x.name == '').size() == 0", { administrators: [{}] }, 'name'],
    ["{'a': 1}['b'] == 1", {}, 'field not found: b'],
    ["tagLock.mode == 'all'", { tagLock: null }, 'mode'],
    ["tagLock.mode == 'all'", { tagLock: undefined }, 'a fact cannot have a value'],
    ["tagLock.mode == 'all'", { tagLock: [] }, 'mode'],
    ['!administrators.exists(x, x.foreign)', { administrators: {} }, null],
    ['!administrators.exists(x, x.foreign)', { administrators: 'all' }, 'type mismatch'],
    ['!administrators.exists(x, x.foreign)', { administrators: [{ foreign: 'no' }] }, 'bool'],
    ['1 / size(tagLock.mode.matches("x") ? "" : "") == 1', locked, 'divide by zero'],
    ["timestamp('moon') < now", {}, 'parse timestamp'],
  ])('%s', (text, known, why) => {
    if (why === null) expect(result(text, known)).toBe(true);
    else expect(result(text, known)).toContain(why);
  });

  test('a key with null is there, and null is a value of its own', () => {
    const known = { version: { support: { mode: 'supported', until: null } } };
    expect(result('has(version.support.until)', known)).toBe(true);
    expect(result("'until' in version.support", known)).toBe(true);
    expect(result('version.support.until == null', known)).toBe(true);
    expect(result('has(version.support.until)', { version: { support: {} } })).toBe(false);
    expect(result('has(version.support.until)', { version: {} })).toContain('not found: support');
  });

  test('hostile keys of a value are keys and nothing else', () => {
    const support = JSON.parse(
      '{"__proto__": {"until": "x"}, "constructor": 1, "$typeName": "google.protobuf.Any"}',
    );
    expect(result('has(version.support.until)', { version: { support } })).toBe(false);
    expect(result("version.support.until == 'x'", { version: { support } })).toContain('not found');
  });
});

describe('the work of a condition is counted', () => {
  test.each([
    ['a macro', "administrators.all(x, x.name != '')", true],
    ['a search', "administrators.exists(x, x.name == 'zz')", false],
    ['a filter', 'administrators.filter(x, x.foreign).size() == 0', true],
    ['a size', 'size(administrators) == 100000', true],
  ])('%s over 100,000 values is linear and has a result', (_, text, wanted) => {
    const large = evaluated(text, identities(100_000));
    const small = evaluated(text, identities(1_000));
    expect(large.result).toBe(wanted);
    expect(large.work).toBeLessThan(small.work * 101);
  });

  const ones = `[${'1,'.repeat(250)}1]`;
  test.each([
    ['nested macros', 'administrators.all(x, administrators.all(y, y.name != x.name + x.name))'],
    ['comparing lists', 'administrators.all(x, administrators == administrators)'],
    ['searching lists', 'administrators.all(x, x in administrators)'],
    ['doubling texts', `${'[repository]'}${'.map(x, x + x)'.repeat(60)}[0].contains('x')`],
    ['doubling lists', `[[1]]${'.map(x, x + x)'.repeat(60)}[0] == [1]`],
    ['doubling trees', `[[1]]${'.map(x, [x, x])'.repeat(60)}[0] == [1]`],
    ['what is hidden by ||', 'administrators.all(x, administrators.all(y, false || true)) || true'],
    ['keys', 'size({administrators.all(x, administrators.all(y, y.name != x.via)): 1}) == 1'],
    ['errors', 'administrators.all(x, administrators.all(y, 1 / (1 - 1) == 1))'],
    ['literals', `${ones}.all(x, ${ones}.all(y, ${'x + y > 0 && '.repeat(40)} true))`],
  ])('%s is too expensive, and ends', (_, text) => {
    const limits = { ...standardLimits, evaluation: standardLimits.evaluation / 20 };
    const { result: said } = evaluated(text, identities(10_000), limits);
    expect(said).toBe('the condition is too expensive');
  });

  test('patterns are linear in the text, whatever they are', () => {
    const version = (length: number) => ({ version: { product: `${'a'.repeat(length)}!` } });
    for (const pattern of ['(a+)+$', '(a|aa)+$', '(.*.*.*)*b']) {
      const text = `version.product.matches('${pattern}')`;
      const one = evaluated(text, version(1_000));
      const ten = evaluated(text, version(10_000));
      expect([one.result, ten.result]).toEqual([false, false]);
      expect(ten.work).toBeLessThan(one.work * 11);
      expect(result(text, version(2_000_000))).toBe('the condition is too expensive');
    }
  });

  const loop = `${ones}.all(x, x > 0)`;
  const cost = evaluated(loop).work;

  test('over all conditions on one subject, and anew for the next', () => {
    const budget = meter({ ...standardLimits, subject: cost * 2.5 });
    const condition = compiled(loop, [], budget);
    const one = subject();
    expect([condition({}, one), condition({}, one)]).toEqual([true, true]);
    expect(() => condition({}, one)).toThrow('too expensive');
    expect(condition({}, subject())).toBe(true);
  });

  test('over the whole scan, where cheap conditions go on for ever', () => {
    const budget = meter({ ...standardLimits, scan: cost * 2, free: 100 });
    const compile = conditions(budget);
    const [dear, cheap] = [compile(loop, new Map()), compile("repository != ''", new Map())];
    expect([dear({}, subject()), dear({}, subject())]).toEqual([true, true]);
    expect(() => dear({}, subject())).toThrow('too expensive');
    expect(() => dear({}, subject())).toThrow('too expensive');
    expect(cheap({}, subject())).toBe(true);
  });

  test('and leaves the stack traces of the program as they were', () => {
    const before = Error.stackTraceLimit;
    result('1 / 0 == 1');
    expect(Error.stackTraceLimit).toBe(before);
  });
});
