import type { Finding } from '../model/finding.ts';
import type { CheckSummary, Report } from '../model/report.ts';
import { gapsIn, isByHand, isGrantable, stepsText } from './by-hand.ts';
import { coverageText } from './coverage-text.ts';
import { sourcesOf } from './evidence.ts';
import { withInterruption } from './interrupted.ts';
import { safeLine, safeText } from './safe-text.ts';
import { suppressionText } from './suppression-text.ts';

const longest = 4000;

interface Row {
  readonly finding: Finding;
  readonly about: CheckSummary | undefined;
  /** The coverage of the whole report, repeated in every row: CSV has no header data. */
  readonly coverage: string;
}

const columns: Readonly<Record<string, (row: Row) => string>> = {
  verdict: ({ finding }) => finding.verdict,
  severity: ({ finding }) => finding.severity,
  check: ({ finding }) => finding.check,
  expected: ({ about }) => about?.title ?? '',
  provider: ({ finding }) => finding.provider,
  registry: ({ finding }) => finding.registry,
  repository: ({ finding }) => finding.repository ?? '',
  message: ({ finding }) => finding.message,
  suppression: ({ finding }) => finding.suppression?.kind ?? '',
  suppression_note: ({ finding }) => suppressionText(finding.suppression),
  read_from: ({ finding }) => sourcesOf(finding.evidence).join('; '),
  missing_permissions: ({ finding }) =>
    [
      ...new Set(
        gapsIn(finding).flatMap((gap) => (isGrantable(gap) ? (gap.permission ?? []) : [])),
      ),
    ].join('; '),
  check_by_hand: ({ finding }) => (isByHand(finding) ? stepsText(finding) : ''),
  coverage: ({ coverage }) => coverage,
  fingerprint: ({ finding }) => finding.fingerprint,
};

/**
 * CSV (RFC 4180) with a header: one row per finding, of every verdict. A cell that a spreadsheet could run
 * as a formula begins with `'`; control and bidi characters are replaced.
 */
export function* renderCsv(source: Report): Generator<string> {
  const report = withInterruption(source);
  const about = new Map(report.checks.map((check) => [check.id, check]));
  const coverage = coverageText(report.coverage);
  yield line(Object.keys(columns));
  for (const finding of report.findings) {
    const row = { finding, about: about.get(finding.check), coverage };
    yield line(Object.values(columns).map((cell) => cell(row)));
  }
}

function line(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** `=`, `+`, `-`, `@` and their full-width forms, also after spaces. */
const formula = /^\s*[=+\-@＝＋－＠]/;

/** Formats a text as one cell: quoted if needed, never a formula. */
export function csvCell(text: string): string {
  const safe = safeLine(safeText(text, longest));
  const inert = formula.test(safe) ? `'${safe}` : safe;
  return /[",;]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
