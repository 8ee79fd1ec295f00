import type { Report, Summary } from '../../model/report.ts';
import { coverageText } from '../coverage-text.ts';
import type { ReporterOptions } from '../reporter.ts';
import { safeLine } from '../safe-text.ts';
import { byHandLines } from '../table-by-hand.ts';
import { exemptLines } from './exempt.ts';
import { failingLines } from './failing.ts';
import { type Page, pageFor, wrap } from './page.ts';
import { summaryLines } from './summary.ts';
import { unknownLines } from './unknown.ts';

/**
 * Renders the report for terminals: summary, failures with fixes, unknowns with missing permissions, and
 * last the verdict, which stays visible when the rest has scrolled away.
 */
export function* renderTable(report: Report, options: ReporterOptions): Generator<string> {
  for (const line of lines(report, pageFor(options), options.framework))
    yield `${safeLine(line)}\n`;
}

function* lines(report: Report, page: Page, framework?: string): Generator<string> {
  yield* summaryLines(report, page, framework);
  yield* failingLines(report, page);
  yield* unknownLines(report, page);
  yield* byHandLines(report.findings, page);
  if (page.verbose) yield* exemptLines(report.findings, page);
  yield '';
  yield verdictLine(report.summary, page);
  yield* wrap(`${coverageText(report.coverage)}.`, page.width, '');
  yield* wrap(`Exit code ${report.exitCode}: ${page.text(report.reason)}.`, page.width, '');
}

function verdictLine(summary: Summary, page: Page): string {
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
  return [...counts, ...(exempt.length > 0 ? [`(${exempt.join(', ')})`] : [])].join('  ');
}
