import { expect, test } from 'vitest';
import type { Control } from '../../src/model/report.ts';
import { evidenceTowards, evidenceTowardsNone } from '../../src/reporters/compliance.ts';
import { renderMarkdown } from '../../src/reporters/markdown/markdown.ts';
import { renderTable } from '../../src/reporters/table/table.ts';
import { check, expectGolden, plain, rendered, report, rich } from './reports.ts';

const framework = 'NIST SP 800-190';
const options = { ...plain, framework };

function control(id: string, changes: Partial<Control> = {}): Control {
  return { framework, version: '2017-09', id, by: 'registry', ...changes };
}

test('the rich report by control is printed as its golden files', async () => {
  await expectGolden(rendered(renderTable, rich, options), 'rich.nist-800-190.txt');
  await expectGolden(rendered(renderMarkdown, rich, options), 'rich.nist-800-190.md');
});

test('every view says evidence towards and none says compliant', () => {
  for (const renderer of [renderTable, renderMarkdown]) {
    const text = rendered(renderer, rich, options);
    expect(text).toMatch(/evidence towards/i);
    expect(text.replaceAll(/never\s+compliance/g, '')).not.toMatch(/complian/i);
  }
});

test('controls are in the order of their numbers, with every check that is evidence', () => {
  const checks = [
    check('a', { controls: [control('4.10'), control('4.9'), control('AC-2')] }),
    check('b', { controls: [control('4.9')], severity: 'critical' }),
    check('c', { controls: [control('4.9', { framework: 'PCI DSS' })] }),
  ];
  const controls = evidenceTowards(framework, checks);
  expect(controls.map(({ id, checks: own }) => [id, own.map((one) => one.check.id)])).toEqual([
    ['4.9', ['b', 'a']],
    ['4.10', ['a']],
    ['AC-2', ['a']],
  ]);
  expect(evidenceTowardsNone(framework, checks).map(({ id }) => id)).toEqual(['c']);
});

test('a control that a check reaches on several grounds is named once, on the firmest', () => {
  const controls = [control('1', { by: 'related' }), control('1'), control('1', { by: 'vendor' })];
  const [only, ...more] = evidenceTowards(framework, [check('a', { controls })]);
  expect(more).toEqual([]);
  expect(only?.checks.map(({ by }) => by)).toEqual(['registry']);
});

test('counts are those of all checks, and an unknown stays one', () => {
  const verdicts = { fail: 0, unknown: 2, pass: 5, 'not-applicable': 0 };
  const checks = [
    check('a', { controls: [control('1')], verdicts }),
    check('b', { controls: [control('1')], verdicts: { ...verdicts, unknown: 0 } }),
  ];
  expect(evidenceTowards(framework, checks)[0]?.counts).toEqual({ ...verdicts, pass: 10 });
  const table = rendered(renderTable, report({ checks }), options);
  expect(table).toContain('1 (2017-09)  2 unknown  10 pass\n');
  expect(table).toContain('? a  2 unknown  5 pass\n');
});

test('what is our own reading says so, and what speaks to no control is named when it fails', () => {
  const checks = [
    check('a', { controls: [control('1', { by: 'related' })] }),
    check('elsewhere', { controls: [] }),
  ];
  const table = rendered(renderTable, report({ checks }), options);
  expect(table).toContain('✗ a  1 fail  (related, mapped by regaudit)');
  expect(table).toMatch(/Checks without a control: 1 check.*elsewhere/s);
  const markdown = rendered(renderMarkdown, report({ checks }), options);
  expect(markdown).toContain('`a` (related, mapped by regaudit)');
  expect(markdown).toContain('Checks without a control: `elsewhere`');
});

test('a framework without evidence says that there is none', () => {
  expect(rendered(renderTable, report({}), options)).toContain('No check that ran is evidence');
  expect(rendered(renderMarkdown, report({}), options)).toContain('No check that ran is evidence');
});
