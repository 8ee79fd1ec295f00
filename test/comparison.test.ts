import { marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { checks, themes } from '../checks/index.ts';
import { offersOf, switchedOnIn, type Themes } from '../src/catalogue/comparison.ts';
import type { Comparison } from '../src/model/comparison.ts';
import { always, type Provider, unsupported } from '../src/providers/contract.ts';
import { provider as ecr } from '../src/providers/ecr/index.ts';
import { renderComparisonMarkdown } from '../src/reporters/comparison/markdown.ts';
import { renderComparisonTable } from '../src/reporters/comparison/table.ts';
import { denied, finding, hostile, plain, registry, report } from './reporters/reports.ts';
import { fc, tries } from './support/search.ts';

/** ECR but for one fact of a registry, of which the vendor says this. */
function claiming(anonymousPush: Provider['provides']['registry']['anonymousPush']): Provider {
  const { provides } = ecr;
  const changed = { ...provides, registry: { ...provides.registry, anonymousPush } };
  return { ...ecr, provides: changed };
}

function offerOf(check: string, provider: Provider) {
  const { rows } = offersOf(themes, [provider]);
  return rows.flatMap(({ cells: [own] }) => own ?? []).find((one) => one.check === check);
}

describe('what registries offer', () => {
  test('a row for each item of the checklist and each theme, every check in its theme', () => {
    const { rows } = offersOf(themes, [ecr]);
    expect(rows.map(({ item }) => item)).toEqual([
      ...['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'M1', 'M2', 'M3'],
      ...Object.keys(themes),
    ]);
    const themed = rows.filter(({ item }) => item in themes).flatMap((row) => row.checks);
    expect(themed).toEqual(checks.map(({ id }) => id));
    for (const { item, checks: own, cells } of rows) {
      expect(own.length, item).toBeGreaterThan(0);
      expect(cells.map((cell) => cell.map(({ check }) => check))).toEqual([own]);
    }
    expect(rows.find(({ item }) => item === 'F5')?.checks).toContain('tags-immutable');
  });

  test('a platform that is always so holds by design, or never does', () => {
    const page = 'https://example.com';
    const closed = claiming(always({ mode: 'refused' }, page));
    const open = claiming(always({ mode: 'accepted', how: 'by anybody' }, page));
    expect(offerOf('anonymous-push-off', closed)?.offer).toBe('holds');
    expect(offerOf('anonymous-push-off', open)?.offer).toBe('never');
  });

  test('what the platform cannot have is not offered, with its reason', () => {
    const never = claiming(unsupported('there is no push'));
    expect(offerOf('anonymous-push-off', never)).toEqual({
      check: 'anonymous-push-off',
      offer: 'not-offered',
      note: 'there is no push',
    });
    expect(offerOf('tags-immutable', ecr)?.offer).toBe('judged');
  });
});

const first = 'ecr://1/eu';
const second = 'ecr://1/us';
const check = 'tags-immutable';
const scanned = report({
  registries: [
    registry(first),
    registry(second, { repositories: { count: 0, complete: false, known: null } }),
  ],
  findings: [
    finding({ registry: first, repository: 'a' }, { check }),
    finding({ registry: first, repository: 'b' }, { check, verdict: 'pass' }),
    finding({ registry: first, repository: 'c' }, { check, verdict: 'not-applicable' }),
    finding({ registry: second, repository: null }, { ...denied, check }),
  ],
});

test('what is switched on is counted by registry, and an unknown is never left out', () => {
  const { registries, rows } = switchedOnIn(themes, scanned);
  expect(registries.map(({ id, whole }) => [id, whole])).toEqual([
    [first, true],
    [second, false],
  ]);
  expect(rows.find(({ item }) => item === 'F5')?.cells).toEqual([
    { fail: 1, unknown: 0, pass: 1, 'not-applicable': 1 },
    { fail: 0, unknown: 1, pass: 0, 'not-applicable': 0 },
  ]);
});

/** The catalogue, but for other checks of the item that is looked at. */
const fewer: Themes = Object.fromEntries(
  Object.entries(themes).map(([name, list]) => [
    name,
    list.filter(({ id, checklist }) => id === check || !checklist.includes('F5')),
  ]),
);

function comparison(source = scanned, of = fewer): Comparison {
  return {
    schemaVersion: '2.0',
    tool: source.tool,
    offers: offersOf(of, [ecr]),
    switchedOn: switchedOnIn(of, source),
  };
}

test('the table and Markdown print both, and mark a registry that was not seen whole', () => {
  const table = [...renderComparisonTable(comparison(), plain)].join('');
  expect(table).toMatch(/^F5 Immutable tags +evaluated$/m);
  expect(table).toMatch(/^F5 Immutable tags +1✗ 1✓ +1\?$/m);
  expect(table).toMatch(/^F4 Image signing +not run +not run$/m);
  expect(table).toContain(`${second} *`);
  expect(table).toContain('* incomplete');
  const markdown = [...renderComparisonMarkdown(comparison(), plain)].join('');
  expect(markdown).toContain('| F5 Immutable tags | 1 fail, 1 pass | 1 unknown |');
  expect(markdown).toContain(`\`${second}\` **incomplete**`);
});

test('many registries go into further tables of the width of the terminal', () => {
  const registries = Array.from({ length: 30 }, (_, at) => registry(`ecr://1/r-${at}`));
  const table = [...renderComparisonTable(comparison(report({ registries })), plain)].join('');
  for (const { id } of registries) expect(table).toContain(id);
  expect(table.split('\n').filter((line) => line.length > 80)).toEqual([]);
  const markdown = [...renderComparisonMarkdown(comparison(report({ registries })), plain)].join(
    '',
  );
  for (const { id } of registries) expect(markdown).toContain(`\`${id}\``);
});

test('-v lists the checks of each line', () => {
  const short = [...renderComparisonTable(comparison(), plain)].join('');
  expect(short).not.toContain('- tags-immutable');
  const long = [...renderComparisonTable(comparison(), { ...plain, verbose: 1 })].join('');
  expect(long).toMatch(/^- tags-immutable +evaluated$/m);
});

test('the name of a registry is neither a link nor a command', () => {
  fc.assert(
    fc.property(hostile, (name) => {
      const source = report({ registries: [registry(`ecr://${name}`)] });
      const markdown = [...renderComparisonMarkdown(comparison(source), plain)].join('');
      const html = marked.parse(markdown, { gfm: true, async: false });
      expect(html).not.toMatch(/<(a|img|script|em|del|ul|ol)\b/);
      const table = [...renderComparisonTable(comparison(source), plain)].join('');
      expect(table.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      for (const text of [markdown, table]) expect(text).not.toMatch(/^\s*::|##[a-z]*\[/im);
    }),
    tries(40),
  );
});
