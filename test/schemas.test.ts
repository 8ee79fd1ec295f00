import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { runCli } from './support/run-cli.ts';

function compiled(name: string) {
  const schema = JSON.parse(
    readFileSync(new URL(`../src/schema/${name}.schema.json`, import.meta.url), 'utf8'),
  );
  return new Ajv({ strict: false, discriminator: true }).compile(schema);
}

test('what the demo reports is what the published report schema promises', async () => {
  const { stdout, code } = await runCli(['demo', '--format', 'json']);
  const valid = compiled('report');
  expect(code).toBe(0);
  expect(valid(JSON.parse(stdout)), JSON.stringify(valid.errors)).toBe(true);
  expect(valid({ ...JSON.parse(stdout), schemaVersion: 7 })).toBe(false);
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
