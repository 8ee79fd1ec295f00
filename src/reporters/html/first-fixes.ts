import type { Report } from '../../model/report.ts';
import { type FirstFix, fixFirst } from '../fix-first.ts';
import { plural } from '../table/page.ts';
import { severityBadge } from './counts.ts';
import { html, type Markup } from './markup.ts';

const mostFixes = 10;

/** What to fix first, with links to the findings. */
export function firstFixes(report: Report): Markup {
  if (report.only?.includes('fail') === false) return html``;
  const all = fixFirst(report);
  const left = all.length - mostFixes;
  const body =
    all.length === 0
      ? html`<p>${nothing(report.summary)}</p>
`
      : html`<p class="note">Access by untrusted principals first, then who can write, then controls that are not enforced; within each by severity and number.</p>
<ol class="first">
${all.slice(0, mostFixes).map(item)}</ol>
${
  left <= 0
    ? ''
    : html`<p class="rest">${plural(left, 'more failing check')} below.</p>
`
}`;
  return html`<section id="first" aria-labelledby="first-title">
<h2 id="first-title">Fix first</h2>
${body}</section>
`;
}

/** That nothing fails says little where much is unknown. */
function nothing({ fail, unknown }: Report['summary']): string {
  if (fail > 0) return 'Every failure is waived or in the baseline.';
  return unknown > 0 ? `No finding fails, and ${unknown} are unknown.` : 'No finding fails.';
}

function item({ check, severity, title, count, registries }: FirstFix): Markup {
  const [only = ''] = registries;
  const where =
    registries.length === 1
      ? html`in <code>${only}</code>`
      : html`in ${registries.length} registries`;
  return html`<li><p>${severityBadge(severity)} <a href="#check-${check}">${check}</a> <span class="counts">${plural(count, 'failure')} ${where}</span></p>
<p class="note">Expected: ${title}.</p></li>
`;
}
