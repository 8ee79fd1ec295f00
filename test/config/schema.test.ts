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
}

const ajv = new Ajv({ strict: false });

function leaves(schema: Described, path: string): [string, Described][] {
  if (schema.properties === undefined) return [[path, schema]];
  return Object.entries(schema.properties).flatMap(([key, inner]) =>
    leaves(inner, `${path}.${key}`),
  );
}

test.each(leaves(configSchema, 'config'))('%s is described, with a valid example', (_, schema) => {
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

const text = template('https://example.com/schema.json', 'ecr');

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
