import type { Finding } from '../model/finding.ts';
import type { CheckSummary, RegistrySummary, Report } from '../model/report.ts';
import { gapsIn, isByHand, isGrantable, stepsText } from './by-hand.ts';
import { controlsText } from './controls-text.ts';
import { coverageText } from './coverage-text.ts';
import { docsLink } from './docs-link.ts';
import { sourcesOf } from './evidence.ts';
import { fixText } from './fix-text.ts';
import { withInterruption } from './interrupted.ts';
import { perTemplate } from './per-template.ts';
import { safeLine, safeText } from './safe-text.ts';
import { suppressionText } from './suppression-text.ts';
import { worstFirst } from './worst-first.ts';

const longest = 4000;

type Column = (finding: Finding, context: Context) => string;

interface Context {
  readonly about: ReadonlyMap<string, CheckSummary>;
  readonly registries: ReadonlyMap<string, RegistrySummary>;
  /** The coverage of the whole report, repeated in every row: CSV has no header data. */
  readonly coverage: string;
  readonly finishedAt: string;
}

/** What to do, where, how and by when: the columns that a person sorts and filters by come first. */
const columns: Readonly<Record<string, Column>> = {
  verdict: ({ verdict }) => verdict,
  severity: ({ severity }) => severity,
  check: ({ check }) => check,
  provider: ({ provider }) => provider,
  account: ({ registry }, { registries }) => registries.get(registry)?.account ?? '',
  region: ({ registry }, { registries }) => registries.get(registry)?.region ?? '',
  registry: ({ registry }) => registry,
  repository: ({ repository }) => repository ?? '',
  owner: ({ owner }) => owner ?? '',
  message: ({ message }) => message,
  expected: ({ check }, { about }) => about.get(check)?.title ?? '',
  why: whereOpen(({ check }, { about }) => about.get(check)?.why ?? ''),
  fix: whereOpen(({ check, provider }, { about }) => fixText(about.get(check), provider)),
  missing_permissions: (finding) =>
    [
      ...new Set(
        gapsIn(finding).flatMap((gap) => (isGrantable(gap) ? (gap.permission ?? []) : [])),
      ),
    ].join('; '),
  check_by_hand: (finding) => (isByHand(finding) ? stepsText(finding) : ''),
  suppression: ({ suppression }) => suppression?.kind ?? '',
  suppression_ends: ({ suppression }) =>
    suppression === null || suppression.kind === 'baseline' ? '' : suppression.until,
  suppression_note: ({ suppression }) => suppressionText(suppression),
  read_from: ({ evidence }) => sourcesOf(evidence).join('; '),
  controls: whereOpen(({ check }, { about }) => controlsText(about.get(check)?.controls ?? [])),
  docs: ({ check }) => docsLink(check) ?? '',
  references: whereOpen(({ check, provider }, { about }) =>
    (about.get(check)?.fix[provider]?.references ?? []).join(' '),
  ),
  time: ({ registry }, { registries, finishedAt }) =>
    registries.get(registry)?.takenAt ?? finishedAt,
  coverage: (_, { coverage }) => coverage,
  fingerprint: ({ fingerprint }) => fingerprint,
};

/** Columns that tell the findings of one template apart. */
const own: ReadonlySet<string> = new Set(['repository', 'fingerprint']);

/**
 * CSV (RFC 4180) with a header: one row per finding, of every verdict, failures first. A cell that a
 * spreadsheet could run as a formula begins with `'`; control and bidi characters are replaced.
 */
export function* renderCsv(source: Report): Generator<string> {
  const report = withInterruption(source);
  const context: Context = {
    about: new Map(report.checks.map((check) => [check.id, check])),
    registries: new Map(report.registries.map((registry) => [registry.id, registry])),
    coverage: coverageText(report.coverage),
    finishedAt: report.finishedAt,
  };
  const cells = Object.entries(columns);
  const shared = perTemplate((finding) =>
    cells.map(([name, cell]) => (own.has(name) ? null : csvCell(cell(finding, context)))),
  );
  yield `${cells.map(([name]) => name).join(',')}\r\n`;
  for (const finding of worstFirst(report.findings)) {
    const row = shared(finding).map(
      (text, at) => text ?? csvCell(cells[at]?.[1](finding, context) ?? ''),
    );
    yield `${row.join(',')}\r\n`;
  }
}

/** Empty for findings that ask for no work: their rows would be four times as long. */
function whereOpen(column: Column): Column {
  return (finding, context) =>
    finding.verdict === 'fail' || finding.verdict === 'unknown' ? column(finding, context) : '';
}

/** `=`, `+`, `-`, `@` and their full-width forms, also after spaces. */
const formula = /^\s*[=+\-@＝＋－＠]/;

/** Formats a text as one cell: quoted if needed, never a formula. */
export function csvCell(text: string): string {
  const safe = safeLine(safeText(text, longest));
  const inert = formula.test(safe) ? `'${safe}` : safe;
  return /[",;]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
