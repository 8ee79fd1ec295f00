import type { Report } from '../../model/report.ts';
import { plural } from '../table/page.ts';
import { suppressionNames } from './finding.ts';
import { html, type Markup } from './markup.ts';
import type { Exception, Survey } from './survey.ts';

/** The suppressions: waivers and accepted unknowns with reason and end, the size of the baseline, and notices. */
export function exceptionsSection({ policy }: Report, { exceptions }: Survey): Markup {
  const said = exceptions.filter(({ suppression }) => suppression.kind !== 'baseline');
  const held = exceptions
    .filter(({ suppression }) => suppression.kind === 'baseline')
    .reduce((sum, { checks }) => sum + total(checks), 0);
  const baseline =
    held === 0
      ? ''
      : html`<p>The baseline holds ${plural(held, 'failing finding')}: they existed when it was written, and still fail.</p>
`;
  const body =
    said.length === 0
      ? html`<p>Nothing is waived or accepted.</p>
`
      : table(said);
  return html`<section id="waivers" aria-labelledby="waivers-title">
<h2 id="waivers-title">Waivers and accepted unknowns</h2>
${body}${baseline}${notices(policy.notices)}</section>
`;
}

function notices(list: Report['policy']['notices']): Markup | string {
  if (list.length === 0) return '';
  const items = list.map(
    ({ where, message }) =>
      html`<li>${where === null ? '' : html`<code>${where}</code>: `}${message}</li>
`,
  );
  return html`<h3>Notices</h3>
<ul>
${items}</ul>
`;
}

function table(exceptions: readonly Exception[]): Markup {
  return html`<p>A waiver does not change a verdict: a waived finding still fails, and an accepted unknown is still unknown.</p>
<div class="wide" role="group" aria-labelledby="waivers-title" tabindex="0"><table>
<thead><tr><th scope="col">What</th><th scope="col">Reason</th><th scope="col">Owner</th><th scope="col">Until</th><th scope="col">Ticket</th><th scope="col">Covers</th></tr></thead>
<tbody>
${exceptions.map(row)}</tbody></table></div>
`;
}

function row({ suppression, checks, registries }: Exception): Markup | string {
  if (suppression.kind === 'baseline') return '';
  const { kind, reason, owner, until, ticket } = suppression;
  const [only = ''] = registries;
  const where = registries.size === 1 ? only : plural(registries.size, 'registry', 'registries');
  const covers = [...checks].map(([check, count]) => `${check} (${count})`).join(', ');
  return html`<tr><th scope="row">${suppressionNames[kind]}</th><td>${reason}</td><td>${owner ?? 'no owner'}</td><td><time>${until}</time></td><td>${ticket ?? ''}</td><td>${covers} in <code>${where}</code></td></tr>
`;
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
