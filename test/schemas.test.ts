import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { rich } from './reporters/reports.ts';

function compiled(name: string) {
  const schema = JSON.parse(
    readFileSync(new URL(`../src/schema/${name}.schema.json`, import.meta.url), 'utf8'),
  );
  // Optimised, the largest takes seconds to compile.
  return new Ajv({
    strict: false,
    discriminator: true,
    inlineRefs: false,
    code: { optimize: false },
  }).compile(schema);
}

test('the rich report is what the published report schema promises', () => {
  const valid = compiled('report');
  expect(valid(rich), JSON.stringify(valid.errors)).toBe(true);
  expect(valid({ ...rich, schemaVersion: 7 })).toBe(false);
});

test('every line of a snapshot is what the published snapshot schema promises', () => {
  const valid = compiled('snapshot');
  const from = { operation: 'Get' };
  const fact = (value: unknown) => ({
    kind: 'fact',
    subject: 'repository',
    name: 'tagLock',
    fact: { state: 'known', value, from },
  });
  expect(valid(fact({ mode: 'all' })), JSON.stringify(valid.errors)).toBe(true);
  expect(valid(fact({ mode: 'perhaps' }))).toBe(false);
  expect(valid({ kind: 'moon' })).toBe(false);
});

test('the configuration that init writes is what the published schema promises', () => {
  const valid = compiled('config');
  expect(
    valid({
      registries: ['ecr', { target: 'ecr', regions: 'all' }],
      failOn: 'high',
      checks: { 'tags-immutable': 'off' },
    }),
  ).toBe(true);
  expect(valid({ registries: 'ecr' })).toBe(false);
  expect(valid({ checks: { 'no-such-check': 'off' } })).toBe(false);
});
