import type { VerdictWord } from '../../model/finding.ts';
import type { Report, Summary } from '../../model/report.ts';
import { coverageText } from '../coverage-text.ts';
import type { Counts } from '../table/grid.ts';
import { plural } from '../table/page.ts';
import { bar, verdictNames } from './counts.ts';
import { html, type Markup } from './markup.ts';
import { bySeverity, type Survey } from './survey.ts';

/** Whether every registry was reached and its list of repositories read to its end. */
export function seenWhole({ complete, interrupted, registries }: Report): boolean {
  return (
    complete &&
    !interrupted &&
    registries.every(
      ({ reachable, repositories: { count, complete: listed, known } }) =>
        reachable && listed && (known ?? count) === count,
    )
  );
}

/** The summary: the overall verdict and the counts. */
export function overview(report: Report, survey: Survey): Markup {
  const { verdict, says } = headline(report);
  return html`<section id="summary" aria-labelledby="summary-title">
<div class="headline ${verdict}">
<h2 id="summary-title">${says}</h2>
<p>Exit code ${report.exitCode}: ${report.reason}.</p>
<p>In total ${coverageText(report.coverage)}.</p>
</div>
<dl class="tiles">
${tiles(report.summary)}
</dl>
${charts(report.summary, survey)}
</section>
`;
}

/** `pass` only if everything was evaluated without a failure or unknown. */
function headline(report: Report): { verdict: VerdictWord; says: string } {
  const { fail, unknown, pass, waived, baselined } = report.summary;
  const aside = waived + baselined;
  const suppressed = aside > 0 ? `, besides ${aside} waived or in the baseline` : '';
  if (fail > aside) {
    const gaps = unknown > 0 ? `, ${unknown} unknown` : '';
    return {
      verdict: 'fail',
      says: `${plural(fail - aside, 'failing finding')}${suppressed}${gaps}`,
    };
  }
  if (unknown > 0)
    return { verdict: 'unknown', says: `${plural(unknown, 'unknown finding')}${suppressed}` };
  if (!seenWhole(report))
    return { verdict: 'unknown', says: `Not everything was read${suppressed}` };
  if (pass + fail === 0) return { verdict: 'unknown', says: 'Nothing was evaluated' };
  return aside > 0
    ? { verdict: 'fail', says: `Nothing fails${suppressed}` }
    : { verdict: 'pass', says: 'Everything that was evaluated passes' };
}

function tiles(summary: Summary) {
  const { fail, unknown, pass, notApplicable, waived, baselined, accepted, byHand } = summary;
  const tile = (verdict: VerdictWord, count: number, notes: readonly string[]) =>
    html`<div class="tile ${verdict}"><dt>${verdictNames[verdict]}</dt><dd>${count}</dd>${notes.map(
      (note) => html`<dd class="note">${note}</dd>`,
    )}</div>\n`;
  const note = (count: number, word: string) => (count === 0 ? [] : [`${count} ${word}`]);
  return [
    tile('fail', fail, [...note(waived, 'waived'), ...note(baselined, 'in the baseline')]),
    tile('unknown', unknown, [
      ...note(accepted, 'accepted'),
      ...note(byHand, 'to check by hand, including not applicable ones'),
    ]),
    tile('pass', pass, []),
    tile('not-applicable', notApplicable, []),
  ];
}

function charts({ fail, unknown, pass, notApplicable }: Summary, { failing }: Survey): Markup {
  const counts: Counts = { fail, unknown, pass, 'not-applicable': notApplicable };
  const label = `${fail} fail, ${unknown} unknown, ${pass} pass, ${notApplicable} not applicable`;
  const most = Math.max(1, ...Object.values(failing));
  return html`<figure>${bar(counts, label)}<figcaption>All verdicts: ${label}</figcaption></figure>
<h3>Active failures by severity</h3>
<table class="severities">
<thead class="unseen"><tr><th scope="col">Severity</th><th scope="col">Failures</th><th scope="col">Chart</th></tr></thead>
<tbody>
${bySeverity(failing).map(
  ([
    severity,
    count,
  ]) => html`<tr><th scope="row"><a href="#findings" data-set="severity=${severity}">${severity}</a></th><td class="number">${count}</td><td class="chart"><svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="${severity}" width="${((count / most) * 100).toFixed(2)}" height="8"/></svg></td></tr>
`,
)}</tbody>
</table>`;
}
