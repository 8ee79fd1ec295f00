import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { fixFirst } from '../../src/reporters/fix-first.ts';
import { renderTable } from '../../src/reporters/table/table.ts';
import { fc, tries } from '../support/search.ts';
import {
  check,
  denied,
  expectGolden,
  finding,
  plain,
  registry,
  rendered,
  report,
  rich,
} from './reports.ts';

const first = (source: Report, width = 80) => rendered(renderTable, source, { ...plain, width });
const linesOf = (text: string) => text.trimEnd().split('\n');

/** Many registries of every kind, each with failures, unknowns and steps by hand. */
function estate(count: number): Report {
  const ids = Array.from(
    { length: count },
    (_, at) => `acr://0b1f6471-1bf0-4dda-aec3-111122223333/group-${at}/registry-${at}`,
  );
  const checks = Array.from({ length: 52 }, (_, at) => check(`a-check-with-a-long-name-${at}`));
  return report({
    registries: ids.map((id) => registry(id)),
    checks,
    findings: ids.flatMap((id, at) => [
      finding({ registry: id, repository: 'a' }, { check: checks[at % 52]?.id ?? '' }),
      finding(
        { registry: id, repository: 'b' },
        {
          ...denied,
          blocked: (denied.blocked ?? []).map((one) => ({
            ...one,
            permission: `grant:${at % 40}`,
          })),
        },
      ),
    ]),
    reason: `${count} findings of severity high or above, and ${count} unknown`,
  });
}

test('the first screen of the rich report is as its golden file', async () => {
  await expectGolden(first(rich), 'rich.first-screen.txt');
});

describe('the first screen fits 40 lines at 80 columns', () => {
  test.each([1, 2, 11, 12, 500, 5000])('with %i registries', (count) => {
    const lines = linesOf(first(estate(count)));
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.at(-1)).toMatch(/unknown\.$/);
  });
});

describe('a large estate', () => {
  const read = { reachable: true, repositories: { count: 0, complete: true, known: 0 } };
  const nothing = { pass: 0, fail: 0, unknown: 0, notApplicable: 9 };
  const accounts = Array.from({ length: 30 }, (_, at) => String(300_000_000_000 + at));
  const registries = accounts.flatMap((account, at) => [
    { ...registry(`ecr://${account}/eu-west-1`), account },
    { ...registry(`ecr://${account}/eu-north-1`), ...read, account },
    { ...registry(`ecr://${account}/us-east-1`), ...read, account, reachable: at !== 3 },
  ]);
  const source = report({
    registries: registries.map((one) =>
      one.repositories.count === 0 ? { ...one, summary: { ...one.summary, ...nothing } } : one,
    ),
  });

  test('is shown by owner, and every registry is counted once', () => {
    const text = first(source);
    expect(text).toContain(
      '90 registries of 30 owners: 30 with repositories, 59 empty, 1 not read',
    );
    expect(text).toMatch(/OWNER +REGISTRIES IN USE/);
    expect(text).toMatch(/ecr:\/\/3000000000\d\d +1 of 3/);
    expect(text).toMatch(/and \d+ owners more/);
    expect(text).not.toContain('eu-north-1');
    const details = (verbose: number) =>
      rendered(renderTable, source, { ...plain, details: true, verbose });
    expect(details(0)).toMatch(/OWNER +REGISTRIES IN USE/);
    expect(details(1)).toContain('eu-north-1');
  });

  test('whose owners have one registry each is shown by registry', () => {
    const west = source.registries.filter(({ id }) => id.endsWith('eu-west-1'));
    expect(first(report({ registries: west }))).toMatch(/REGISTRY +REPOSITORIES/);
  });
});

test('no line is wider than the terminal, down to 60 columns', () => {
  for (const width of [60, 72, 80, 120, 200]) {
    for (const source of [rich, estate(30)]) {
      const wide = linesOf(first(source, width)).filter((line) => line.length > width);
      expect(wide).toEqual([]);
    }
  }
});

test('where no name of a registry fits beside a check the registries are counted', () => {
  const lines = linesOf(first(estate(500), 64));
  expect(lines.filter((line) => line.length > 64)).toEqual([]);
  expect(linesOf(first(estate(500), 60)).filter((line) => line.length > 60)).toEqual([]);
  expect(lines.join('\n')).toMatch(
    / 1 HIGH {6}a-check-with-a-long-name-\d+ +10 in 10 registries\n/,
  );
});

test('nothing that fails, is unknown or is to be checked by hand is left out without a count', () => {
  const text = first(estate(500));
  expect(text).toContain('and 42 checks more (--details)');
  expect(text).toMatch(/and \d+ registries more \(--details\)/);
  expect(text).toMatch(/and \d+ reasons more \(--details\)/);
});

test('a report without failures says so', () => {
  const none = { findings: [], checks: [], registries: [] };
  const summary = { ...rich.summary, fail: 0 };
  expect(first(report({ ...none, summary }))).toContain('✓ Nothing fails.');
  expect(first(report(none))).toContain('✗ Every failure is waived or in the baseline');
});

describe('what to fix first', () => {
  const place = { registry: 'ecr://1/a', repository: 'x' };
  const about = [
    check('low-exposure', { impact: 'exposure', severity: 'low' }),
    check('high-exposure', { impact: 'exposure' }),
    check('high-write', { impact: 'write' }),
    check('critical-other', { impact: 'other', severity: 'critical' }),
    check('high-enforcement', { impact: 'enforcement' }),
    check('wide', { impact: 'other' }),
    check('by-command', { impact: 'other', fix: { ecr: { command: 'aws' } } }),
    check('by-console', { impact: 'other', fix: { ecr: { console: 'ECR' } } }),
    check('by-hand', { impact: 'other', fix: { ecr: { instead: 'think' } } }),
    check('also-by-hand', { impact: 'other' }),
  ];
  const findings = [
    ...about.map(({ id, severity }) => finding(place, { check: id, severity })),
    finding({ ...place, repository: 'y' }, { check: 'wide' }),
    finding(place, { check: 'waived', suppression: { kind: 'baseline' } }),
    finding(place, { ...denied, check: 'unknown' }),
  ];
  const expected = [
    'high-exposure',
    'low-exposure',
    'high-write',
    'high-enforcement',
    'critical-other',
    'wide',
    'by-command',
    'by-console',
    'also-by-hand',
    'by-hand',
  ];

  test('exposure, writes, enforcement, then severity, reach, cost of the fix and id', () => {
    expect(fixFirst({ checks: about, findings }).map((one) => one.check)).toEqual(expected);
  });

  test('the order of findings and checks does not matter', () => {
    const shuffled = <T>(all: readonly T[]) =>
      fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length });
    fc.assert(
      fc.property(shuffled(about), shuffled(findings), (some, others) => {
        const found = fixFirst({ checks: some, findings: others });
        expect(found).toEqual(fixFirst({ checks: about, findings }));
      }),
      tries(50),
    );
  });
});

test('where no registry was reached there is no word of nothing failing', () => {
  const registries = [{ ...registry('harbor://a'), reachable: false }];
  const text = first(report({ findings: [], checks: [], registries }));
  expect(text).toContain('not reached');
  expect(text).not.toContain('Nothing fails');
});
