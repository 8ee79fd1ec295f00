import type { RegistrySummary, Report } from '../../model/report.ts';
import { coverageText } from '../coverage-text.ts';
import type { ReporterOptions } from '../reporter.ts';
import { labelsText } from '../summary-text.ts';
import { complianceBlock } from './compliance.ts';
import { failingBlocks, failingOf, fixBlocks } from './failing.ts';
import { fitting } from './fitting.ts';
import { code, details, sentence, table } from './text.ts';
import { byHandBlocks, suppressedBlocks, unknownBlocks } from './unknown.ts';

/**
 * Renders Markdown for job summaries, comments and tickets: counts, registries, failures, unknowns and
 * missing permissions; fixes and all checks are folded. Omitted sections are counted.
 */
export function* renderMarkdown(report: Report, options: ReporterOptions): Generator<string> {
  yield* fitting(blocks(report, options), options.mostBytes);
}

function* blocks(report: Report, { framework }: ReporterOptions): Generator<string> {
  yield headBlock(report);
  yield registriesBlock(report.registries);
  if (framework !== undefined) yield complianceBlock(framework, report);
  const failing = failingOf(report.findings);
  yield* failingBlocks(failing);
  yield* unknownBlocks(report);
  yield* byHandBlocks(report);
  yield* fixBlocks(failing, report);
  yield* suppressedBlocks(report);
  yield checksBlock(report);
}

function headBlock(report: Report): string {
  const { tool, summary, coverage, exitCode, reason, complete } = report;
  const { fail, unknown, pass, notApplicable } = summary;
  const labels = labelsText(summary);
  const counts = `**${fail} fail, ${unknown} unknown**, ${pass} pass, ${notApplicable} not applicable`;
  const cut = complete ? '' : '\n\n**Incomplete**: unknown is neither pass nor fail.';
  return [
    `## ${tool.name}: ${fail} fail, ${unknown} unknown`,
    '',
    `${counts}${labels === '' ? '' : ` (${labels})`}. Exit code ${exitCode}: ${sentence(reason)}. In total ${coverageText(coverage)}.${cut}`,
  ].join('\n');
}

const mostRegistries = 50;

function registriesBlock(registries: readonly RegistrySummary[]): string {
  const rows = registries.slice(0, mostRegistries).map((registry) => {
    const { fail, unknown, pass, notApplicable } = registry.summary;
    return [code(registry.id), extent(registry), fail, unknown, pass, notApplicable].map(String);
  });
  const more = registries.length - rows.length;
  const head = ['Registry', 'Repositories', 'Fail', 'Unknown', 'Pass', 'Not applicable'];
  return `${table(head, rows)}${more > 0 ? `\n\nand ${more} more registries` : ''}`;
}

function extent({ reachable, repositories: { count, complete, known } }: RegistrySummary) {
  if (!reachable) return '**not reached**';
  if (!complete) return `**${count} of ${known ?? 'an unknown number'}**`;
  return (known ?? count) === count ? String(count) : `${count} of ${known}`;
}

function checksBlock({ checks }: Report): string {
  const rows = checks.map(({ id, severity, title, verdicts }) => [
    code(id),
    severity,
    sentence(title),
    ...[verdicts.fail, verdicts.unknown, verdicts.pass, verdicts['not-applicable']].map(String),
  ]);
  const head = ['Check', 'Severity', 'Expected', 'Fail', 'Unknown', 'Pass', 'Not applicable'];
  return details(`All ${checks.length} checks`, table(head, rows));
}
