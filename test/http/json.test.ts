import { expect, test, vi } from 'vitest';
import { jsonOf, mostValues } from '../../src/http/json.ts';
import { fc } from '../support/search.ts';

test.each([
  ['', null],
  ['  \n', null],
  ['null', null],
  ['{"a":[1,"]]]{{{"]}', { a: [1, ']]]{{{'] }],
  ['"\\\\"', '\\'],
  ['["\\"[[["]', ['"[[[']],
])('%j is %j', (text, value) => {
  expect(jsonOf(text)).toEqual(value);
});

test('brackets within text are no nesting', () => {
  const text = '\\"['.repeat(500);
  expect(jsonOf(`["${text}"]`)).toEqual(['"['.repeat(500)]);
});

test.each(['{', 'nope', '{"a":1}x', '"', '"\\', "{'a':1}"])('%j is not JSON', (text) => {
  expect(() => jsonOf(text)).toThrow('is not JSON');
});

test('a hundred levels are read, one more is not', () => {
  const nested = (levels: number) => `${'[{"a":'.repeat(levels / 2)}1${'}]'.repeat(levels / 2)}`;
  expect(jsonOf(nested(100))).toBeInstanceOf(Array);
  expect(() => jsonOf(nested(102))).toThrow('levels deep');
  expect(() => jsonOf('['.repeat(10_000_000))).toThrow('levels deep');
});

test.each([
  '{"__proto__":1}',
  '{"a":[{"\\u005f_proto__":{}}]}',
  '{"\\u005F\\u005fpr\\u006fto__":1}',
])('the key of %j is refused', (text) => {
  expect(() => jsonOf(text)).toThrow('__proto__');
});

test('a key with bytes that are not UTF-8 is refused, a value with such is not', () => {
  const damaged = (text: string) => Buffer.from(text, 'latin1').toString('utf8');
  expect(() => jsonOf(damaged('{"a":[{"ena\u00ffbled":true}]}'))).toThrow('not UTF-8');
  expect(jsonOf(damaged('{"a":"\u00ff"}'))).toEqual({ a: '\ufffd' });
});

test('the word as a value is a value, and constructor is a key as any other', () => {
  expect(jsonOf('{"name":"__proto__","constructor":{"prototype":1}}')).toEqual({
    name: '__proto__',
    constructor: { prototype: 1 },
  });
});

test('what JSON writes is read as it was', () => {
  const values = fc
    .jsonValue({ maxDepth: 5 })
    .filter((value) => !JSON.stringify(value).includes('__'));
  fc.assert(
    fc.property(values, (value) => {
      expect(jsonOf(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test.each([
  ['objects', `[${'{},'.repeat(mostValues / 2)}{}]`],
  ['numbers', `[${'1,'.repeat(mostValues)}1]`],
  ['fields', `{${'"a":1,'.repeat(mostValues)}"a":1}`],
  ['lists', `${'[],'.repeat(mostValues)}`],
])('too many %s are counted before anything is parsed', (_, text) => {
  const parse = vi.spyOn(JSON, 'parse');
  expect(() => jsonOf(text)).toThrow(`more than ${mostValues} values`);
  expect(parse).not.toHaveBeenCalled();
  parse.mockRestore();
});

test('as many values as are read are read, and commas within text are none', () => {
  const list = jsonOf(`[${'1,'.repeat(mostValues - 3)}1]`);
  expect(list).toHaveLength(mostValues - 2);
  expect(jsonOf(JSON.stringify([',{['.repeat(mostValues)]))).toHaveLength(1);
});
