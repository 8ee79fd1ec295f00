import type { Report, Summary } from '../../model/report.ts';
import { coverageText } from '../coverage-text.ts';
import type { ReporterOptions } from '../reporter.ts';
import { safeLine } from '../safe-text.ts';
import { byHandLines } from '../table-by-hand.ts';
import { exemptLines } from './exempt.ts';
import { failingLines } from './failing.ts';
import { firstScreenLines } from './first-screen.ts';
import { type Page, pageFor, wrap } from './page.ts';
import { summaryLines, title } from './summary.ts';
import { unknownLines } from './unknown.ts';

/**
 * Renders the report for terminals: one screen with the counts, what to fix first, the registries and the reason of
 * the exit code; with `details`, or grouped by a framework, every failure, unknown and step by hand instead.
 */
export function* renderTable(report: Report, options: ReporterOptions): Generator<string> {
  const page = pageFor(options);
  const { framework, details = false, verbose } = options;
  const all = details || verbose > 0 || framework !== undefined;
  for (const line of all ? detailed(report, page, framework) : overview(report, page))
    yield `${safeLine(line)}\n`;
}

function* detailed(report: Report, page: Page, framework?: string): Generator<string> {
  yield* summaryLines(report, page, framework);
  yield* failingLines(report, page);
  yield* unknownLines(report, page);
  yield* byHandLines(report.findings, page);
  if (page.verbose) yield* exemptLines(report.findings, page);
  yield '';
  yield* verdictLines(report.summary, page);
  yield* closingLines(report, page);
}

function* overview(report: Report, page: Page): Generator<string> {
  const head = [
    ...wrap(page.text(title(report)), page.width, '').map((line) => page.paint.bold(line)),
    ...verdictLines(report.summary, page),
  ];
  const closing = closingLines(report, page);
  yield* head;
  yield* firstScreenLines(report, page, head.length + closing.length + 1);
  yield '';
  yield* closing;
}

function closingLines(report: Report, page: Page): string[] {
  return [
    ...wrap(`${coverageText(report.coverage)}.`, page.width, ''),
    ...wrap(`Exit code ${report.exitCode}: ${page.text(report.reason)}.`, page.width, ''),
  ];
}

function verdictLines(summary: Summary, page: Page): string[] {
  const { fail, unknown, pass, notApplicable, waived, baselined, accepted, byHand } = summary;
  const counts = [
    page.paint.bold(page.verdict('fail', `${fail} fail`)),
    page.paint.bold(page.verdict('unknown', `${unknown} unknown`)),
    page.verdict('pass', `${pass} pass`),
    page.verdict('not-applicable', `${notApplicable} not applicable`),
  ];
  const exempt = [
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(baselined > 0 ? [`${baselined} in the baseline`] : []),
    ...(accepted > 0 ? [`${accepted} unknown accepted`] : []),
    ...(byHand > 0 ? [`${byHand} to check by hand`] : []),
  ];
  return [
    counts.join('  '),
    ...(exempt.length > 0 ? wrap(`(${exempt.join(', ')})`, page.width, '', ' ') : []),
  ];
}
