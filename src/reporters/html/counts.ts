import type { Severity, VerdictWord } from '../../model/finding.ts';
import { type Counts, order, worstOf } from '../table/grid.ts';
import { html, type Markup } from './markup.ts';

export const verdictNames: Readonly<Record<VerdictWord, string>> = {
  fail: 'Fail',
  unknown: 'Unknown',
  pass: 'Pass',
  'not-applicable': 'Not applicable',
};

/** Short on screen, in full for screen readers. */
const naHead = html`<span aria-hidden="true">N/A</span><span class="unseen">Not applicable</span>`;

/** Signs besides colours, for accessibility. */
const marks: Readonly<Record<VerdictWord, string>> = {
  fail: '✗',
  unknown: '?',
  pass: '✓',
  'not-applicable': '–',
};

/** A verdict as a sign and a word. */
export function badge(verdict: VerdictWord, name = verdictNames[verdict]): Markup {
  return html`<span class="badge ${verdict}"><span aria-hidden="true">${marks[verdict]}</span> ${name}</span>`;
}

/** The column heads for `countCells`. */
export const countHeads = [
  html`<th scope="col" class="chart"><span class="unseen">Share of each verdict</span></th>`,
  ...order.map(
    (verdict) =>
      html`<th scope="col" class="number${spare(verdict)}">${verdict === 'not-applicable' ? naHead : verdictNames[verdict]}</th>`,
  ),
];

/** A bar and its four numbers. The bar is hidden from screen readers. */
export function countCells(counts: Counts): Markup[] {
  return [
    html`<td class="chart">${bar(counts)}</td>`,
    ...order.map(
      (verdict) =>
        html`<td class="number ${counts[verdict] === 0 ? 'none' : verdict}${spare(verdict)}">${counts[verdict]}</td>`,
    ),
  ];
}

/** Columns that a narrow screen has no room for. */
function spare(verdict: VerdictWord): string {
  return verdict === 'pass' || verdict === 'not-applicable' ? ' spare' : '';
}

/** A stacked bar of the verdicts. `label`: the text for screen readers; absent: the bar is hidden from them. */
export function bar(counts: Counts, label?: string): Markup {
  const total = order.reduce((sum, verdict) => sum + counts[verdict], 0);
  let at = 0;
  const parts = order.map((verdict) => {
    const width = total === 0 ? 0 : (counts[verdict] / total) * 100;
    const part = html`<rect class="${verdict}" x="${decimal(at)}" width="${decimal(width)}" height="8"/>`;
    at += width;
    return width === 0 ? [] : part;
  });
  const about =
    label === undefined ? html`aria-hidden="true"` : html`role="img" aria-label="${label}"`;
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" ${about}>${parts}</svg>`;
}

export function severityBadge(severity: Severity): Markup {
  return html`<span class="severity ${severity}">${severity}</span>`;
}

/** The worst severity that fails; without a failure the worst verdict, unknown if all counts are zero. */
export function worstBadge(counts: Counts, severity: Severity | undefined): Markup {
  const worst = worstOf(counts);
  return worst === 'fail' && severity !== undefined ? severityBadge(severity) : badge(worst);
}

function decimal(value: number): string {
  return value.toFixed(2);
}

export function sumOf(all: readonly Counts[]): Counts {
  const sum = (verdict: VerdictWord) => all.reduce((total, counts) => total + counts[verdict], 0);
  return {
    fail: sum('fail'),
    unknown: sum('unknown'),
    pass: sum('pass'),
    'not-applicable': sum('not-applicable'),
  };
}
