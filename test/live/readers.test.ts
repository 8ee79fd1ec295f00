import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { renderCsv } from '../../src/reporters/csv.ts';
import { renderJunit } from '../../src/reporters/junit.ts';
import { renderOpenMetrics } from '../../src/reporters/openmetrics.ts';
import { finding, rendered, rich } from '../reporters/reports.ts';

/* Reports opened by the programs that they are for: a spreadsheet, a JUnit parser, Prometheus. */

/** A Python with junitparser and prometheus_client. */
const python = process.env['READERS'];
if (python === undefined) throw new Error('READERS names no Python with junitparser');

const hostile = ['=HYPERLINK("http://127.0.0.1")', '+1+1', '-2+3', '@SUM(A1)', 'a,"b";c', '<b>&"'];
const findings = [
  ...rich.findings,
  ...hostile.map((name) =>
    finding(
      { registry: 'harbor://harbor.example', repository: name },
      { message: `${name} is open` },
    ),
  ),
];
const all: Report = { ...rich, findings };

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'regaudit-readers-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function run(program: string, args: readonly string[], input = ''): string {
  return execFileSync(program, args, { input, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}

describe('a spreadsheet (Gnumeric)', () => {
  test('has a row for each finding, and not one formula', () => {
    const csv = file('report.csv', rendered(renderCsv, all));
    const sheet = join(folder, 'report.xml');
    run('ssconvert', ['--export-type', 'Gnumeric_XmlIO:sax:0', csv, sheet]);
    const cells = [...readFileSync(sheet, 'utf8').matchAll(/<gnm:Cell ([^>]*)>([^<]*)/g)];
    const rows = new Set(cells.map(([, attributes]) => /Row="(\d+)"/.exec(attributes ?? '')?.[1]));
    expect(rows.size).toBe(findings.length + 1);
    // A cell with a formula has an expression and no type.
    const types = cells.map(([, attributes]) => /ValueType="(\d+)"/.exec(attributes ?? '')?.[1]);
    expect(types.filter((type) => type === undefined)).toEqual([]);
    const texts = cells.map(([, , text]) => text);
    // Gnumeric takes the first quote for "this is text" and does not show it.
    for (const name of ['+1+1', '@SUM(A1)', '-2+3']) expect(texts).toContain(name);
  });
});

describe('a parser of JUnit (junitparser)', () => {
  test('counts every finding as a case, and each failure as one', () => {
    const path = file('report.xml', rendered(renderJunit, all));
    const script = `import json, sys
from junitparser import JUnitXml
xml = JUnitXml.fromfile(sys.argv[1])
cases = [case for suite in xml for case in suite]
kinds = [type(result).__name__ for case in cases for result in case.result]
print(json.dumps([xml.tests, len(cases), xml.failures, kinds.count('Failure')]))`;
    const [tests, cases, failures, failed] = JSON.parse(run(python, ['-c', script, path]));
    expect(tests).toBe(findings.length);
    expect(cases).toBe(findings.length);
    expect(failures).toBeGreaterThan(hostile.length);
    expect(failed).toBe(failures);
  });
});

describe('Prometheus', () => {
  test('takes the metrics: promtool without a remark, the parser of OpenMetrics to the end', () => {
    const text = rendered(renderOpenMetrics, all);
    expect(run('promtool', ['check', 'metrics'], text)).toBe('');
    const script = `import sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse
families = {family.name: family.samples for family in parse(sys.stdin.read())}
print(int(sum(sample.value for sample in families['regaudit_findings'])))`;
    expect(Number(run(python, ['-c', script], text))).toBe(findings.length);
  });
});
