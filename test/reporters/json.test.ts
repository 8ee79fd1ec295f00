import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import { reportSchema } from '../../src/model/report-schema.ts';
import { renderJson } from '../../src/reporters/json.ts';
import { expectGolden, finding, fixture, rendered, report, rich } from './reports.ts';

const validate = new Ajv({ allErrors: true, allowUnionTypes: true, discriminator: true }).compile(
  reportSchema,
);
const findings: readonly Finding[] = [...rich.findings];

test('the rich report is written as its golden file, and validates', async () => {
  const text = rendered(renderJson, rich);
  await expectGolden(text, 'rich.json');
  expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
});

test('the rich report counts what it holds', () => {
  const count = (verdict: string, within: readonly Finding[] = findings) =>
    within.filter((one) => one.verdict === verdict).length;
  const counts = (within?: readonly Finding[]) => ({
    pass: count('pass', within),
    fail: count('fail', within),
    unknown: count('unknown', within),
    notApplicable: count('not-applicable', within),
  });
  expect(rich.summary).toMatchObject(counts());
  for (const { id, summary } of rich.registries) {
    expect(summary).toMatchObject(counts(findings.filter(({ registry }) => registry === id)));
  }
  for (const { id, verdicts } of rich.checks) {
    const own = findings.filter(({ check }) => check === id);
    for (const [verdict, counted] of Object.entries(verdicts)) {
      expect(count(verdict, own)).toBe(counted);
    }
  }
});

test('a report without findings is a valid document', () => {
  expect(validate(JSON.parse(rendered(renderJson, report({}))))).toBe(true);
});

test('findings are written one by one as they are read', () => {
  let read = 0;
  const counting = {
    *[Symbol.iterator]() {
      for (; read < 1000; read += 1) yield finding({ registry: 'ecr://1', repository: `${read}` });
    },
  };
  let written = 0;
  for (const piece of renderJson(report({ findings: counting }))) {
    written += piece.includes('"check":"c"') ? 1 : 0;
    expect(read - written).toBeLessThanOrEqual(0);
  }
  expect(written).toBe(1000);
});

test.each([
  ['a verdict of another kind', { verdict: 'error' }],
  ['no fingerprint', { fingerprint: undefined }],
  ['a key that is not in the schema', { surprise: 1 }],
  ['a reason of another kind', { blocked: [{ fact: 'f', why: 'lazy', operation: 'o' }] }],
  ['evidence without its field', { evidence: [{ fact: 'f', operation: 'o', value: 1 }] }],
])('the schema refuses a finding with %s', (_, changes) => {
  const document = JSON.parse(fixture('rich.json'));
  Object.assign(document.findings[0], changes);
  expect(validate(JSON.parse(JSON.stringify(document)))).toBe(false);
});
