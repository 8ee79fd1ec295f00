import type { Report } from '../../model/report.ts';
import { plural } from '../table/page.ts';
import { suppressionNames } from './finding.ts';
import { html, type Markup } from './markup.ts';
import type { Exception, Survey } from './survey.ts';

/** The suppressions: waivers and accepted unknowns with reason and end, the size of the baseline, and notices. */
export function exceptionsSection({ policy, finishedAt }: Report, { exceptions }: Survey): Markup {
  const said = exceptions.flatMap(({ suppression, ...covers }) =>
    suppression.kind === 'baseline' ? [] : [{ suppression, ...covers }],
  );
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
      : table(said, finishedAt);
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

type Waived = Omit<Exception, 'suppression'> & {
  readonly suppression: Exclude<Exception['suppression'], { readonly kind: 'baseline' }>;
};

const mostRows = 200;

/** The one that ends first comes first. */
function table(exceptions: readonly Waived[], finishedAt: string): Markup {
  const sorted = exceptions.toSorted((a, b) =>
    a.suppression.until < b.suppression.until ? -1 : 1,
  );
  const left = exceptions.length - mostRows;
  return html`<p>A waiver does not change a verdict: a waived finding still fails, and an accepted unknown is still unknown.</p>
<div class="wide" role="group" aria-labelledby="waivers-title" tabindex="0"><table class="stack">
<thead><tr><th scope="col">What</th><th scope="col">Until</th><th scope="col">Owner</th><th scope="col">Reason</th><th scope="col">Ticket</th><th scope="col">Covers</th></tr></thead>
<tbody>
${sorted.slice(0, mostRows).map((one) => row(one, finishedAt))}</tbody></table></div>
${
  left <= 0
    ? ''
    : html`<p class="rest">${left} more not shown, which end later: the JSON report has all of them.</p>
`
}`;
}

function row({ suppression, checks, registries }: Waived, finishedAt: string): Markup {
  const { kind, reason, owner, until, ticket } = suppression;
  const [only = ''] = registries;
  const where = registries.size === 1 ? only : plural(registries.size, 'registry', 'registries');
  const covers = [...checks].map(([check, count]) => `${check} (${count})`).join(', ');
  return html`<tr><th scope="row">${suppressionNames[kind]}</th><td data-label="Until"><time>${until}</time>${soon(until, finishedAt)}</td><td data-label="Owner">${owner ?? 'no owner'}</td><td data-label="Reason">${reason}</td><td data-label="Ticket">${ticket ?? ''}</td><td data-label="Covers">${covers} in <code>${where}</code></td></tr>
`;
}

const soonDays = 30;

/** How many days are left after the scan, if they are few. `until` is the last day of a waiver. */
function soon(until: string, finishedAt: string): Markup | string {
  const days = (Date.parse(until) - Date.parse(finishedAt.slice(0, 10))) / 86_400_000;
  if (!(days >= 0 && days <= soonDays)) return '';
  const left = days === 0 ? 'ends today' : `${plural(days, 'day')} left`;
  return html` <span class="badge soon">${left}</span>`;
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
