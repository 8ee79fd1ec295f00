import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '../../src/config/schema.ts';
import { template } from '../../src/config/template.ts';
import { nothingDeclared } from '../../src/model/expectations.ts';

interface Described {
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly items?: Described;
  readonly patternProperties?: Readonly<Record<string, Described>>;
}

const ajv = new Ajv({ strict: false });

/** Every key that a person may write, also in the items of lists and the values of maps. */
function keys({ properties, patternProperties, items }: Described, path: string): Key[] {
  const named = (found: Described['properties'], name: (key: string) => string) =>
    Object.entries(found ?? {}).flatMap(([key, inner]): Key[] => [
      [name(key), inner],
      ...keys(inner, name(key)),
    ]);
  return [
    ...named(properties, (key) => `${path}.${key}`),
    ...named(patternProperties, () => `${path}.*`),
    ...(items === undefined ? [] : keys(items, `${path}[]`)),
  ];
}

type Key = readonly [path: string, schema: Described];

test.each(keys(configSchema, 'config'))('%s is described, with a valid example', (_, schema) => {
  expect(schema.description).toMatch(/\S/);
  expect(schema.examples).not.toHaveLength(0);
  const valid = ajv.compile(schema);
  for (const example of schema.examples ?? []) expect(valid(example)).toBe(true);
});

test('defaults of expect are what holds when nothing is declared', () => {
  const { properties } = configSchema.properties.expect;
  const defaults = Object.entries(properties).map(([key, schema]) => [key, schema.default]);
  expect(Object.fromEntries(defaults)).toEqual(nothingDeclared);
});

const text = template('https://example.com/schema.json', [{ entry: 'ecr', remark: null }]);

test('the configuration that init writes says only what to audit', () => {
  expect(parse(text)).toEqual({ registries: ['ecr'] });
  expect(text.split('\n')[0]).toBe(
    '# yaml-language-server: $schema=https://example.com/schema.json',
  );
});

test('with every # taken away before a key it is valid, and names every key', () => {
  const whole = text
    .split('\n')
    .filter((line) => !/^#( {2})* ?[A-Z]|^# yaml|^# {3}[A-Z]/.test(line))
    .map((line) => line.replace(/^# /, ''))
    .join('\n');
  const config: unknown = parse(whole);
  expect(ajv.compile(configSchema)(config)).toBe(true);
  expect(Object.keys(config as object).sort()).toEqual(Object.keys(configSchema.properties).sort());
});
