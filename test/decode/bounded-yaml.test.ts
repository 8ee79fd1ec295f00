import { describe, expect, test } from 'vitest';
import { boundedDocument, YamlTooCostly } from '../../src/decode/bounded-yaml.ts';
import { yamlValue } from '../../src/decode/yaml.ts';

/* A file of a pull request or of a registry may be written to keep its reader busy. */

const keys = (count: number) => Array.from({ length: count }, (_, at) => `k${at}: 1\n`).join('');
const list = (count: number) => Array.from({ length: count }, (_, at) => `- {a: ${at}}\n`).join('');

/** What a text is given up for, and how much of it was read until then. */
function givenUp(text: string): { readonly why: string; readonly read: number } {
  try {
    boundedDocument(text);
  } catch (error) {
    if (error instanceof YamlTooCostly) return { why: error.message, read: error.offset };
    throw error;
  }
  return { why: '', read: text.length };
}

describe('YAML that would take seconds or minutes is given up early', () => {
  test.each([
    ['brackets in brackets', '['.repeat(400_000) + ']'.repeat(400_000), /nested/, 1000],
    ['mappings in mappings', '{a: '.repeat(200_000), /nested/, 1000],
    ['lists in lists', '- '.repeat(400_000), /nested/, 1000],
    ['keys of keys', '? '.repeat(400_000), /nested/, 1000],
    [
      'indents',
      [...Array(1300).keys()].map((at) => `${' '.repeat(at)}a:`).join('\n'),
      /nested/,
      30_000,
    ],
    ['different keys', keys(100_000), /keys/, 10_000],
    ['keys of a flow', `{${'a,'.repeat(400_000)}}`, /keys/, 3000],
    ['anchors', '&a '.repeat(300_000), /anchors/, 4000],
    ['aliases', `a: &a [b]\nc: [${'*a,'.repeat(200_000)}]`, /aliases/, 4000],
    ['closing brackets', '}'.repeat(900_000), /not YAML/, 200],
    ['brackets as keys', ']: '.repeat(300_000), /not YAML/, 400],
    ['values', list(300_000), /values/, 900_000],
  ])('%s', (_, text, why, most) => {
    const end = givenUp(text);
    expect(end.why).toMatch(why);
    expect(end.read).toBeLessThanOrEqual(most);
    expect(() => yamlValue(text)).toThrow('more than is read');
  });
});

test.each([
  ['a thousand keys', keys(1000)],
  ['a long list', list(20_000)],
  ['fifty levels', `${'['.repeat(50)}${']'.repeat(50)}`],
  ['long text over many lines', `a: "${'\n \n'.repeat(100_000)}"`],
])('%s are read', (_, text) => {
  expect(givenUp(text)).toEqual({ why: '', read: text.length });
});

test('is the same as the library reads, with the same errors', () => {
  expect(boundedDocument('a: &x [1, two, {b: null}]\nc: *x\n').toJS()).toEqual({
    a: [1, 'two', { b: null }],
    c: [1, 'two', { b: null }],
  });
  expect(boundedDocument('').toJS()).toBeNull();
  const codes = (text: string) => boundedDocument(text).errors.map(({ code }) => code);
  expect(codes('a: 1\na: 2\n')).toEqual(['DUPLICATE_KEY']);
  expect(codes('a: 1\n---\nb: 2\n')).toEqual(['MULTIPLE_DOCS']);
  expect(codes('a: [')).toEqual(['BAD_INDENT']);
});
