import { type Change, type ChangedFinding, changes } from '../../model/difference-schema.ts';
import type { Trend } from '../reporter.ts';
import { severityBadge } from './counts.ts';
import { html, type Markup } from './markup.ts';

const mostRows = 25;

const names: Readonly<Record<Change, string>> = {
  new: 'new failures',
  'now-unknown': 'became unknown',
  changed: 'changed',
  'not-judged': 'not scanned again',
  gone: 'repository no longer exists',
  fixed: 'fixed',
  'now-known': 'no longer unknown',
};

/** Changes that are listed; the others are counted. */
const listed: readonly Change[] = ['new', 'now-unknown', 'fixed'];

/** What changed since an earlier report; nothing without one. */
export function trendSection(trend: Trend | undefined): Markup {
  if (trend === undefined) return html``;
  const { since, summary, before } = trend;
  const counts = changes.filter((change) => summary[change] > 0);
  const cells = counts.map(
    (
      change,
    ) => html`<div class="change ${change}"><dt>${names[change]}</dt><dd>${summary[change]}</dd></div>
`,
  );
  const body =
    counts.length === 0
      ? html`<p>No failure or unknown changed.</p>
`
      : html`<dl class="changes">
${cells}</dl>
`;
  return html`<section id="trend" aria-labelledby="trend-title">
<h2 id="trend-title">Since <time datetime="${since}">${since.slice(0, 10)}</time></h2>
<p class="note">The earlier report had ${before.fail} fail, ${before.unknown} unknown and ${before.pass} pass.</p>
${body}${listed.map((change) => list(change, trend))}</section>
`;
}

function list(change: Change, { findings, summary }: Trend): Markup | string {
  if (summary[change] === 0) return '';
  const own = findings.filter((finding) => finding.change === change).slice(0, mostRows);
  const left = summary[change] - own.length;
  return html`<details class="changed"><summary>${summary[change]} ${names[change]}</summary>
<ul>
${own.map(row)}</ul>
${
  left <= 0
    ? ''
    : html`<p class="rest">${left} more: regaudit diff lists all of them.</p>
`
}</details>
`;
}

function row({ check, severity, subject }: ChangedFinding): Markup {
  return html`<li>${severityBadge(severity)} ${check} <code>${subject}</code></li>
`;
}
