import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import { renderTable } from '../../src/reporters/table/table.ts';
import { anyText, fc, tries } from '../support/search.ts';
import {
  check,
  denied,
  expectGolden,
  finding,
  fixture,
  plain,
  registry,
  rendered,
  report,
  rich,
} from './reports.ts';

const ecr = 'ecr://123456789012/eu-west-1';
const detailed = { ...plain, details: true };

function repositories(count: number, changes: (at: number) => Partial<Finding> = () => ({})) {
  return {
    *[Symbol.iterator]() {
      for (let at = 0; at < count; at += 1) {
        yield finding({ registry: ecr, repository: `team/app-${at}` }, changes(at));
      }
    },
  };
}

test('the rich report is printed as its golden file', async () => {
  await expectGolden(rendered(renderTable, rich, detailed), 'rich.table.txt');
});

test('colour adds nothing but colour', () => {
  const coloured = rendered(renderTable, rich, { ...detailed, color: true });
  expect(coloured).toContain('\u001b[31m');
  expect(stripVTControlCharacters(coloured)).toBe(fixture('rich.table.txt'));
});

test('without unicode everything is ASCII', () => {
  expect(rendered(renderTable, rich, { ...detailed, unicode: false })).toMatch(/^[\n -~]*$/);
});

test('no line is wider than the terminal', () => {
  const wide = fixture('rich.table.txt')
    .split('\n')
    .filter((line) => line.length > 80);
  expect(wide).toEqual([]);
});

test('a hostile report prints nothing hidden and no command', () => {
  const text = anyText(20);
  const hostile = fc.oneof(
    text,
    text.map((end) => `\u001b[2J\u202e\r\n::error::##vso[task.complete]${end}`),
  );
  fc.assert(
    fc.property(
      hostile,
      hostile,
      hostile,
      fc.boolean(),
      fc.boolean(),
      (name, says, id, failed, details) => {
        const place = { registry: `ecr://${id}`, repository: name };
        const gap = {
          fact: id,
          why: 'denied',
          operation: says,
          permission: name,
          detail: says,
          cure: null,
          input: null,
        } as const;
        const output = rendered(
          renderTable,
          report({
            registries: [registry(`ecr://${id}`)],
            checks: [check('c', { title: says, fix: { ecr: { command: says } } })],
            findings: [
              finding(place, failed ? { message: says } : { verdict: 'unknown', blocked: [gap] }),
            ],
            reason: says,
          }),
          { ...plain, details },
        );
        expect(output.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(output).not.toMatch(/^\s*::|##[a-z]*\[/im);
      },
    ),
    tries(200),
  );
});

test('of many failures ten are named and the rest are counted', () => {
  const many = report({ findings: repositories(250) });
  const short = rendered(renderTable, many, detailed);
  expect(short).toContain('c  250 fail');
  expect(short).toContain('it is not (250)');
  expect(short).toContain('team/app-9\n');
  expect(short).not.toContain('team/app-10');
  expect(short).toContain('and 240 more (-v lists all)');
  const long = rendered(renderTable, many, { ...detailed, verbose: 1 });
  expect(long).toContain('team/app-249');
  expect(long).not.toContain('more (-v');
});

test('of many different sentences ten are printed and the rest are counted', () => {
  const each = repositories(250, (at) => ({ message: `reason ${at}` }));
  const output = rendered(renderTable, report({ findings: each }), detailed);
  expect(output).toContain('- reason 9\n');
  expect(output).not.toContain('- reason 10');
  expect(output).toContain('- and 240 more (-v lists all)');
});

test('what it prints does not grow with the registry', () => {
  const half = repositories(20_000, (at) => ({
    message: `reason ${at}`,
    verdict: at % 2 === 0 ? 'fail' : 'unknown',
  }));
  const output = rendered(renderTable, report({ findings: half }), detailed);
  expect(output.split('\n').length).toBeLessThan(60);
  expect(output).toContain('c  10000 fail');
});

test('large counts and long names are never cut', () => {
  const id = `artifact-registry://${'long-'.repeat(20)}end`;
  const summary = {
    pass: 1_234_567,
    fail: 250_000,
    unknown: 0,
    notApplicable: 0,
    waived: 0,
    baselined: 0,
    accepted: 0,
    byHand: 0,
  };
  const output = rendered(
    renderTable,
    report({ registries: [registry(id, { summary })] }),
    detailed,
  );
  expect(output).toContain('250000');
  expect(output).toContain('1234567');
  expect(output).not.toContain('…');
  const column = output.split('\n').map((line) => line.slice(2, 40).trim().split('  ')[0]);
  expect(column.join('')).toContain(id);
});

test('checks without a failure or a gap are only counted, unless asked for', () => {
  const verdicts = { fail: 0, unknown: 0, pass: 3, 'not-applicable': 0 };
  const quiet = report({
    checks: [
      check('good', { verdicts }),
      check('elsewhere', { verdicts: { ...verdicts, pass: 0, 'not-applicable': 3 } }),
    ],
  });
  const short = rendered(renderTable, quiet, detailed);
  expect(short).toContain('✓ 1 check passed\n– 1 check not applicable\n');
  expect(short).not.toContain('good');
  expect(short).not.toContain('FAILING');
  expect(short).not.toMatch(/^UNKNOWN$/m);
  expect(rendered(renderTable, quiet, { ...detailed, verbose: 1 })).toMatch(/^✓ good/m);
});

test('what was given no verdict, or not seen whole, is marked as unknown', () => {
  const none = { fail: 0, unknown: 0, pass: 0, 'not-applicable': 0 };
  const passed = {
    pass: 9,
    fail: 0,
    unknown: 0,
    notApplicable: 0,
    waived: 0,
    baselined: 0,
    accepted: 0,
    byHand: 0,
  };
  const repositories = { count: 9, complete: false, known: null };
  const output = rendered(
    renderTable,
    report({
      checks: [check('never-judged', { verdicts: none })],
      registries: [registry(ecr, { summary: passed, repositories })],
    }),
    detailed,
  );
  expect(output).toMatch(/^\? never-judged/m);
  expect(output).toMatch(/^\? ecr:.* 9 of \?/m);
});

test('verbose says what a failure was read from', () => {
  const output = rendered(renderTable, rich, { ...detailed, width: 200, verbose: 1 });
  expect(output).toContain('describeRepositories (imageTagMutability)');
});

test('what is exempt is counted, and listed with who answers for it only when asked', () => {
  const until = { reason: 'moves on', owner: 'team', until: '2027-01-31', ticket: 'SEC-1' };
  const at = (repository: string, changes: Partial<Finding>) =>
    finding({ registry: ecr, repository }, changes);
  const source = report({
    summary: {
      ...rich.summary,
      fail: 3,
      unknown: 1,
      waived: 1,
      baselined: 1,
      accepted: 1,
      byHand: 0,
    },
    registries: [registry(ecr)],
    findings: [
      at('active', {}),
      at('waived', { suppression: { kind: 'waiver', ...until } }),
      at('old', { suppression: { kind: 'baseline' } }),
      at('blind', {
        ...denied,
        suppression: { kind: 'accepted', ...until, owner: null, ticket: null },
      }),
    ],
  });
  const short = rendered(renderTable, source, detailed);
  expect(short).toContain('(1 waived, 1 in the baseline, 1 unknown accepted)');
  expect(short).toContain(`${ecr}: active`);
  expect(short).not.toMatch(/waived\b.*until|: old|^UNKNOWN$|To grant/m);
  const long = rendered(renderTable, source, { ...detailed, verbose: 1 });
  for (const text of [
    `c  ${ecr}/waived`,
    'waived until 2027-01-31 by team (SEC-1): moves on',
    'in the baseline',
    'accepted until 2027-01-31: moves on\n',
  ]) {
    expect(long).toContain(text);
  }
});
