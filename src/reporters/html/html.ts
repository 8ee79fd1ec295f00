import type { Report } from '../../model/report.ts';
import type { ReporterOptions } from '../reporter.ts';
import { plural } from '../table/page.ts';
import { exceptionsSection } from './exceptions.ts';
import { filterForm } from './filter.ts';
import { findingSections } from './findings.ts';
import { firstFixes } from './first-fixes.ts';
import { foot, head } from './frame.ts';
import { html, type Markup, markupText } from './markup.ts';
import { overview } from './overview.ts';
import { byCheck, byItem, byRegistry } from './summaries.ts';
import { type Group, type Survey, surveyOf } from './survey.ts';
import { trendSection } from './trend.ts';
import { unread } from './unread.ts';

/**
 * Renders one self-contained HTML file. It makes no network request; its content security policy allows
 * only the embedded script and style sheet. Readable without either.
 */
export function* renderHtml(report: Report, options: ReporterOptions): Generator<string> {
  for (const piece of page(report, options)) yield markupText(piece);
}

function* page(report: Report, options: ReporterOptions): Generator<Markup> {
  const survey = surveyOf(report.findings);
  const { fails, unknowns } = countsOf(survey);
  yield head(report);
  yield overview(report, survey);
  yield trendSection(options.trend);
  yield firstFixes(report);
  yield byRegistry(report, survey);
  yield html`<section id="findings" aria-labelledby="findings-title" tabindex="-1">
<h2 id="findings-title">Findings</h2>
${survey.groups.size === 0 ? html`<p>${report.only === undefined ? 'No finding fails or is unknown.' : `Listed are only findings that are ${report.only.join(', ')}.`}</p>` : filterForm(report, survey)}${
  fails === 0
    ? ''
    : html`<h3 class="verdict" id="failures">${plural(fails, 'failure')}</h3>
`
}`;
  yield* findingSections(report, survey, 'fail');
  if (unknowns > 0)
    yield html`<h3 class="verdict" id="unknowns">${plural(unknowns, 'unknown finding')}</h3>
`;
  yield* findingSections(report, survey, 'unknown');
  yield html`</section>
`;
  yield unread(report, survey);
  yield exceptionsSection(report, survey);
  yield byItem(report);
  yield byCheck(report);
  yield foot(report);
}

function countsOf({ groups }: Survey) {
  const sum = (verdict: Group['verdict']) =>
    [...groups.values()].reduce(
      (total, group) => total + (group.verdict === verdict ? group.count : 0),
      0,
    );
  return { fails: sum('fail'), unknowns: sum('unknown') };
}
