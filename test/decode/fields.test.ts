import { describe, expect, test } from 'vitest';
import * as answer from '../../src/decode/fields.ts';

const readers: readonly [string, (value: unknown) => unknown, unknown][] = [
  ['textAt', (value) => answer.stringAt({ key: value }, 'key'), 'word'],
  ['wordAt', (value) => answer.enumAt({ key: value }, 'key', ['a', 'word']), 'word'],
  ['flagAt', (value) => answer.booleanAt({ key: value }, 'key'), false],
  ['numberAt', (value) => answer.numberAt({ key: value }, 'key'), 0],
  ['listAt', (value) => answer.arrayAt({ key: value }, 'key'), []],
  ['objectAt', (value) => answer.objectAt({ key: value }, 'key'), {}],
  ['objectsAt', (value) => answer.objectsAt({ key: value }, 'key'), [{}]],
  ['textsAt', (value) => answer.stringsAt({ key: value }, 'key'), ['a']],
  ['instantAt', (value) => answer.instantAt({ key: value }, 'key'), '2026-01-02T03:04:05.000Z'],
];

describe.each(readers)('%s', (_name, read, good) => {
  test('gives the value that is promised', () => {
    expect(read(good)).toEqual(good);
  });

  test.each([
    [undefined],
    [null],
    [''],
    [Number.NaN],
    [[[]]],
    ['strange word'],
    [{ a: 1 }],
    [true],
    [7],
  ])('throws on %s unless that is what is promised', (value) => {
    let result: unknown;
    try {
      result = read(value);
    } catch (error) {
      expect(error).toBeInstanceOf(answer.DecodeError);
      return;
    }
    expect(typeof result).toBe(typeof good);
    expect(result).toEqual(value);
  });
});

test('only the maybe readers accept absence, and only absence', () => {
  expect(answer.maybeString({}, 'key')).toBeNull();
  expect(answer.maybeString({ key: null }, 'key')).toBeNull();
  expect(() => answer.maybeString({ key: 7 }, 'key')).toThrow('a number');
  expect(answer.maybeArray({}, 'key')).toEqual([]);
  expect(() => answer.maybeArray({ key: {} }, 'key')).toThrow('expected a list');
  expect(() => answer.maybeEnum({ key: 'new' }, 'key', ['old'])).toThrow('"new", expected old');
});

test('broken JSON is named by its field, and its text is not repeated', () => {
  expect(() => answer.jsonAt({ policyText: '{"secret' }, 'policyText')).toThrow(
    /^policyText is not JSON$/,
  );
});

test('an own key __proto__ is data', () => {
  const parsed = answer.objectOf(JSON.parse('{"__proto__": {"flag": true}}'), 'it');
  expect(() => answer.booleanAt(parsed, 'flag')).toThrow('missing');
});
