import { expect, test } from 'vitest';
import { nearest } from '../../src/config/suggest.ts';

const known = ['tags-immutable', 'push-scan-on', 'table', 'json', 'high'];

test.each([
  ['tags-imutable', 'tags-immutable'],
  ['tags-immutabel', 'tags-immutable'],
  ['Table', 'table'],
  ['jsno', 'json'],
  ['hihg', 'high'],
  ['scan-on', undefined],
  ['zzzz', undefined],
  ['', undefined],
])('%s means %s', (word, meant) => {
  expect(nearest(word, known)).toBe(meant);
});

test('the nearest of several is taken', () => {
  expect(nearest('abcdf', ['abxxf', 'abcde', 'abcxx'])).toBe('abcde');
});

test('a word of any length is answered at once', () => {
  const before = performance.now();
  expect(nearest('x'.repeat(1_000_000), known)).toBeUndefined();
  expect(performance.now() - before).toBeLessThan(100);
});
