import { severities, type VerdictWord } from '../../model/finding.ts';
import type { CheckSummary, Report } from '../../model/report.ts';
import { complianceLines } from './compliance.ts';
import { gridLines, order, worstOf } from './grid.ts';
import { ownerRows } from './owners.ts';
import { type Page, plural } from './page.ts';
import { rowsOf } from './registry-rows.ts';

/** The summary: each registry, then each check that does not simply pass, or all checks by control. */
export function* summaryLines(report: Report, page: Page, framework?: string): Generator<string> {
  yield page.paint.bold(page.text(title(report)));
  yield '';
  yield* registryLines(report, page);
  yield '';
  if (framework === undefined) yield* checkLines(report, page);
  else yield* complianceLines(framework, report, page);
}

export function title({ tool, registries, startedAt, finishedAt }: Report): string {
  const judged = registries.reduce((sum, { repositories }) => sum + repositories.count, 0);
  const seconds = Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
  const calls = registries.reduce((sum, registry) => sum + (registry.calls ?? 0), 0);
  return [
    `${tool.name} ${tool.version}`,
    plural(registries.length, 'registry', 'registries'),
    plural(judged, 'repository', 'repositories'),
    ...(calls > 0 ? [plural(calls, 'API call')] : []),
    ...(seconds >= 0 ? [`${seconds} s`] : []),
  ].join(', ');
}

function registryLines(report: Report, page: Page): string[] {
  // A line for each of thousands of empty registries would hide the others.
  const owners = page.verbose ? null : ownerRows(report);
  return owners === null
    ? gridLines('REGISTRY', 'REPOSITORIES', rowsOf(report), page)
    : [
        page.text(owners.fleet),
        '',
        ...gridLines('OWNER', 'REGISTRIES IN USE', owners.rows, page),
        page.paint.dim('  (-v lists each registry)'),
      ];
}

const loud: ReadonlySet<VerdictWord> = new Set(['fail', 'unknown']);

function checkLines({ checks }: Report, page: Page): string[] {
  const rows = checks
    .filter(
      ({ verdicts }) => page.verbose || (loud.has(worstOf(verdicts)) && !isUndecided(verdicts)),
    )
    .sort(worstFirst)
    .map(({ id, severity, verdicts }) => ({
      worst: worstOf(verdicts),
      name: id,
      about: severity,
      counts: verdicts,
    }));
  const grid = rows.length > 0 ? gridLines('CHECK', 'SEVERITY', rows, page) : [];
  return page.verbose ? grid : [...grid, ...quietLines(checks, page)];
}

/** No subject passes or fails: the section of unknowns lists the reasons. */
function isUndecided({ fail, unknown, pass }: CheckSummary['verdicts']): boolean {
  return unknown > 0 && fail + pass === 0;
}

/** Counts the checks without a row. */
function quietLines(checks: readonly CheckSummary[], page: Page): string[] {
  const line = (verdict: Exclude<VerdictWord, 'fail'>, says: string) => {
    const count = checks.filter(({ verdicts }) =>
      verdict === 'unknown' ? isUndecided(verdicts) : worstOf(verdicts) === verdict,
    ).length;
    if (count === 0) return [];
    return [page.verdict(verdict, `${page.mark[verdict]} ${plural(count, 'check')} ${says}`)];
  };
  return [
    ...line('unknown', 'unknown'),
    ...line('pass', 'passed'),
    ...line('not-applicable', 'not applicable'),
  ];
}

function worstFirst(a: CheckSummary, b: CheckSummary): number {
  const rank = ({ verdicts, severity }: CheckSummary) =>
    order.indexOf(worstOf(verdicts)) * severities.length + severities.indexOf(severity);
  return rank(a) - rank(b);
}
