import type { Report } from '../../model/report.ts';
import { exceptionsSection } from './exceptions.ts';
import { filterForm } from './filter.ts';
import { findingSections } from './findings.ts';
import { foot, head } from './frame.ts';
import { html, type Markup, textOf } from './markup.ts';
import { overview } from './overview.ts';
import { byCheck, byItem, byRegistry } from './summaries.ts';
import { surveyOf } from './survey.ts';
import { unread } from './unread.ts';

/**
 * One file to hand on: it asks the network for nothing, and its policy lets it do nothing but run the
 * one script and use the one style sheet that are in it. Readable without either.
 */
export function* renderHtml(report: Report): Generator<string> {
  for (const piece of page(report)) yield textOf(piece);
}

function* page(report: Report): Generator<Markup> {
  const survey = surveyOf(report.findings);
  yield head(report);
  yield overview(report, survey);
  yield byItem(report);
  yield byRegistry(report);
  yield html`<section id="findings" aria-labelledby="findings-title" tabindex="-1">
<h2 id="findings-title">Findings</h2>
${survey.groups.size === 0 ? html`<p>Nothing that was judged fails or is not known.</p>` : filterForm(report, survey)}`;
  yield* findingSections(report, survey);
  yield html`</section>
`;
  yield unread(report, survey);
  yield exceptionsSection(report, survey);
  yield byCheck(report);
  yield foot(report);
}
