import type { Report } from '../../model/report.ts';
import { exceptionsSection } from './exceptions.ts';
import { filterForm } from './filter.ts';
import { findingSections } from './findings.ts';
import { foot, head } from './frame.ts';
import { html, type Markup, markupText } from './markup.ts';
import { overview } from './overview.ts';
import { byCheck, byItem, byRegistry } from './summaries.ts';
import { surveyOf } from './survey.ts';
import { unread } from './unread.ts';

/**
 * Renders one self-contained HTML file. It makes no network request; its content security policy allows
 * only the embedded script and style sheet. Readable without either.
 */
export function* renderHtml(report: Report): Generator<string> {
  for (const piece of page(report)) yield markupText(piece);
}

function* page(report: Report): Generator<Markup> {
  const survey = surveyOf(report.findings);
  yield head(report);
  yield overview(report, survey);
  yield byItem(report);
  yield byRegistry(report);
  yield html`<section id="findings" aria-labelledby="findings-title" tabindex="-1">
<h2 id="findings-title">Findings</h2>
${survey.groups.size === 0 ? html`<p>No finding fails or is unknown.</p>` : filterForm(report, survey)}`;
  yield* findingSections(report, survey);
  yield html`</section>
`;
  yield unread(report, survey);
  yield exceptionsSection(report, survey);
  yield byCheck(report);
  yield foot(report);
}
