import { checklist } from '../../model/checklist.ts';
import { type Severity, severities } from '../../model/finding.ts';
import type { CheckSummary, RegistrySummary, Report } from '../../model/report.ts';
import type { Counts } from '../table/grid.ts';
import { badge, countCells, countHeads, severityBadge, sumOf, worstBadge } from './counts.ts';
import { html, type Markup } from './markup.ts';
import type { Survey } from './survey.ts';

/** Every checklist item with the verdicts of its checks; items without a check are listed too. */
export function byItem({ checks }: Report): Markup {
  const groups = checklist.map(
    ({ title, items }) => html`<tbody>
<tr><th scope="rowgroup" colspan="8">${title}</th></tr>
${Object.entries(items).map(([item, asks]) => itemRow(item, asks, checks))}</tbody>
`,
  );
  return html`<section id="checklist" aria-labelledby="checklist-title">
<h2 id="checklist-title">By checklist item</h2>
<div class="wide" role="group" aria-labelledby="checklist-title" tabindex="0"><table>
<thead><tr><th scope="col">Item</th><th scope="col">What it asks for</th><th scope="col">Worst</th>${countHeads}</tr></thead>
${groups}</table></div>
</section>
`;
}

function itemRow(item: string, asks: string, checks: readonly CheckSummary[]): Markup {
  const own = checks.filter(({ checklist }) => checklist.includes(item));
  const counts = sumOf(own.map(({ verdicts }) => verdicts));
  const name =
    own.length === 0 ? item : html`<a href="#findings" data-set="item=${item}">${item}</a>`;
  const worst = severities.find((severity) =>
    own.some((check) => check.severity === severity && check.verdicts.fail > 0),
  );
  const state = own.length === 0 ? badge('unknown', 'No check ran') : worstBadge(counts, worst);
  return html`<tr><th scope="row">${name}</th><td class="asks">${asks}</td><td>${state}</td>${countCells(counts)}</tr>
`;
}

const mostRegistries = 200;

/** Every registry with its coverage, the worst first; of many, the worst alone. */
export function byRegistry({ registries }: Report, { worst }: Survey): Markup {
  const rank = ({ id, summary }: RegistrySummary) => [
    worst.has(id) ? severities.indexOf(worst.get(id) ?? 'low') : severities.length,
    -summary.fail,
    -summary.unknown,
  ];
  const ranked = registries
    .map((registry) => ({ registry, rank: rank(registry) }))
    .sort((a, b) => compare(a.rank, b.rank));
  const shown = ranked.slice(0, mostRegistries);
  const left = registries.length - shown.length;
  return html`<section id="registries" aria-labelledby="registries-title">
<h2 id="registries-title">By registry</h2>
<div class="wide" role="group" aria-labelledby="registries-title" tabindex="0"><table>
<thead><tr><th scope="col">Registry</th><th scope="col" class="spare">Repositories</th><th scope="col">Worst</th>${countHeads}</tr></thead>
<tbody>
${shown.map(({ registry }) => registryRow(registry, worst.get(registry.id)))}</tbody></table></div>
${
  left <= 0
    ? ''
    : html`<p class="rest">${left} more ${left === 1 ? 'registry' : 'registries'} not shown, none of them worse: the JSON report has all of them.</p>
`
}</section>
`;
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((rank, index) => rank !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

function registryRow(registry: RegistrySummary, severity: Severity | undefined): Markup {
  const { pass, fail, unknown, notApplicable } = registry.summary;
  const counts: Counts = { pass, fail, unknown, 'not-applicable': notApplicable };
  const seen = coverage(registry);
  const state = seen.whole || fail > 0 ? worstBadge(counts, severity) : badge('unknown');
  return html`<tr><th scope="row"><a href="#findings" data-set="registry=${registry.id}"><code>${registry.id}</code></a></th><td class="spare">${seen.says}</td><td>${state}</td>${countCells(counts)}</tr>
`;
}

/** How much of a registry was scanned. */
export function coverage({ reachable, repositories }: RegistrySummary) {
  const { count, complete, known } = repositories;
  if (!reachable) return { whole: false, says: 'not reached' };
  const whole = complete && (known ?? count) === count;
  return { whole, says: whole ? String(count) : `${count} of ${known ?? 'an unknown number'}` };
}

/** Every check that ran, including passing and not applicable ones. */
export function byCheck({ checks }: Report): Markup {
  return html`<section id="checks" aria-labelledby="checks-title">
<h2 id="checks-title">Every check that ran</h2>
<p>This table counts passes; the JSON report lists each one with its evidence.</p>
<div class="wide" role="group" aria-labelledby="checks-title" tabindex="0"><table>
<thead><tr><th scope="col">Check</th><th scope="col">Expected</th><th scope="col">Severity</th><th scope="col" class="spare">Items</th>${countHeads}</tr></thead>
<tbody>
${checks.map(checkRow)}</tbody></table></div>
</section>
`;
}

function checkRow({ id, title, severity, checklist, verdicts }: CheckSummary): Markup {
  const hasSection = verdicts.fail + verdicts.unknown > 0;
  const name = hasSection ? html`<a href="#check-${id}">${id}</a>` : id;
  return html`<tr><th scope="row">${name}</th><td class="asks">${title}</td><td>${severityBadge(severity)}</td><td class="spare">${checklist.join(' ')}</td>${countCells(verdicts)}</tr>
`;
}
