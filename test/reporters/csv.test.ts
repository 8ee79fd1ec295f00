import { expect, test } from 'vitest';
import { csvCell, renderCsv } from '../../src/reporters/csv.ts';
import { worstFirst } from '../../src/reporters/worst-first.ts';
import { fc } from '../support/search.ts';
import {
  expectGolden,
  hostile,
  hostileReport,
  labelled,
  rendered,
  report,
  rich,
} from './reports.ts';

/** Reads RFC 4180, strictly. */
function rowsOf(text: string): string[][] {
  expect(text).toMatch(/\r\n$/);
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  for (let found = cell.exec(text); found !== null; found = cell.exec(text)) {
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === ',') continue;
    rows.push(row);
    row = [];
    if (cell.lastIndex === text.length) return rows;
  }
  throw new Error('this is not RFC 4180');
}

function recordsOf(text: string): Record<string, string>[] {
  const [head = [], ...rows] = rowsOf(text);
  return rows.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at] ?? ''])));
}

test('the rich report is written as its golden file', async () => {
  await expectGolden(rendered(renderCsv, rich), 'rich.csv');
});

test('every finding has a row with its verdict and suppression', () => {
  const findings = [...worstFirst(labelled.findings)];
  const records = recordsOf(rendered(renderCsv, labelled));
  expect(
    records.map(({ fingerprint, verdict, suppression }) => [fingerprint, verdict, suppression]),
  ).toEqual(
    findings.map(({ fingerprint, verdict, suppression }) => [
      fingerprint,
      verdict,
      suppression?.kind ?? '',
    ]),
  );
  const waived = records.find(({ suppression }) => suppression === 'waiver');
  expect(waived?.['suppression_note']).toMatch(
    /^waived until 2027-01-31 by platform \(OPS-7\): moved/,
  );
});

test('a scan that was cut off has a row that says so', () => {
  const cut = report({ interrupted: true, reason: 'interrupted; results so far are reported' });
  expect(recordsOf(rendered(renderCsv, cut))).toMatchObject([
    { verdict: 'unknown', check: 'scan-finished', message: cut.reason },
  ]);
});

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "' =1"],
  ['\r\n=1', "' =1"],
  ['  =1', "'  =1"],
  ['＝1', "'＝1"],
  ['a=1', 'a=1'],
  ['a,b', '"a,b"'],
  ['say "a"', '"say ""a"""'],
  ['=HYPERLINK("https://x","y")', '"\'=HYPERLINK(""https://x"",""y"")"'],
])('the cell %j is written as %j', (text, cell) => {
  expect(csvCell(text)).toBe(cell);
});

test('no text of a stranger is a formula, another row or a command of a CI', () => {
  fc.assert(
    fc.property(hostile, hostile, (name, says) => {
      const text = rendered(renderCsv, hostileReport(name, says));
      const rows = rowsOf(text);
      expect(rows).toHaveLength(5);
      expect(new Set(rows.map((row) => row.length)).size).toBe(1);
      for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
      expect(text).not.toMatch(/^\s*::|##[a-z]*\[/im);
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }),
  );
});
