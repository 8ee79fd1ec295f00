import type { Report } from '../../model/report.ts';
import { handSteps, isGrantable } from '../by-hand.ts';
import { plural } from '../table/page.ts';
import { because, type Gap } from '../table/unknown.ts';
import { html, type Markup } from './markup.ts';
import { coverage } from './summaries.ts';
import type { Survey } from './survey.ts';

const mostNamed = 8;
/** Of registries and of steps; more would make the page of a large estate mostly lists. */
const mostLines = 100;

/** The unknowns: incomplete registries, then every gap with the affected checks. */
export function unread(report: Report, { gaps }: Survey): Markup {
  const partial = report.registries.filter((registry) => !coverage(registry).whole);
  const nothing =
    partial.length + gaps.length === 0 && !report.interrupted && report.only === undefined
      ? html`<p>Everything was read.</p>
`
      : '';
  const interrupted = report.interrupted
    ? html`<p>The scan was interrupted: the rest is unknown.</p>
`
    : '';
  return html`<section id="unread" aria-labelledby="unread-title">
<h2 id="unread-title">Why it is unknown</h2>
${nothing}${interrupted}${partial.length === 0 ? '' : registries(partial)}${gaps.length === 0 ? '' : table(gaps)}${permissions(gaps)}${byHand(report)}</section>
`;
}

/** The steps by hand: facts that no API exposes, and limits of the vendor. */
function byHand({ findings }: Report): Markup | string {
  const steps = handSteps(findings);
  if (steps.length === 0) return '';
  const left = steps.length - mostLines;
  const items = steps.slice(0, mostLines).map(
    ({
      note,
      step,
      checks,
      registries,
    }) => html`<li>${step}: ${note} (${formatNames([...checks], 'check')} at ${formatNames([...registries], 'registry', 'registries')})</li>
`,
  );
  return html`<h3>Check by hand</h3>
<ul>
${items}</ul>
${
  left <= 0
    ? ''
    : html`<p class="rest">${left} more not shown.</p>
`
}`;
}

function registries(partial: Report['registries']): Markup {
  const left = partial.length - mostLines;
  const items = partial.slice(0, mostLines).map(
    (registry) => html`<li><code>${registry.id}</code>: ${
      registry.reachable
        ? `${coverage(registry).says} repositories were scanned`
        : 'not reached, so everything is unknown'
    }</li>
`,
  );
  return html`<h3>Incomplete registries</h3>
<ul>
${items}</ul>
${
  left <= 0
    ? ''
    : html`<p class="rest">${left} more not shown: the JSON report has all of them.</p>
`
}`;
}

function table(gaps: readonly Gap[]): Markup {
  const rows = gaps.map(
    ({
      blocked,
      registries,
      checks,
    }) => html`<tr><th scope="row"><code>${blocked.operation}</code></th><td data-label="Reason">${because[blocked.why]}${blocked.detail === null ? '' : html`<br><q>${blocked.detail}</q>`}</td><td data-label="What helps">${
      isGrantable(blocked) ? html`<code>${blocked.permission ?? ''}</code>` : (blocked.cure ?? '')
    }</td><td data-label="Affected checks">${formatNames([...checks.keys()], 'check')}</td><td data-label="Registries">${formatNames([...registries], 'registry', 'registries')}</td></tr>
`,
  );
  return html`<h3>Missing data</h3>
<div class="wide" role="group" aria-labelledby="unread-title" tabindex="0"><table class="gaps stack">
<thead><tr><th scope="col">Operation</th><th scope="col">Reason</th><th scope="col">What helps</th><th scope="col">Affected checks</th><th scope="col">Registries</th></tr></thead>
<tbody>
${rows}</tbody></table></div>
`;
}

function formatNames(names: readonly string[], one: string, many?: string): Markup | string {
  if (names.length > mostNamed) return plural(names.length, one, many);
  return html`${names.map((name, at) => html`${at === 0 ? '' : ', '}<code>${name}</code>`)}`;
}

/** The missing permissions, one per line, to copy into a policy or role. */
function permissions(gaps: readonly Gap[]): Markup[] {
  const missing = new Map<string, Set<string>>();
  for (const { provider, blocked } of gaps) {
    if (blocked.permission === null || !isGrantable(blocked)) continue;
    const known = missing.get(provider) ?? new Set();
    missing.set(provider, known.add(blocked.permission));
  }
  return [...missing].map(
    ([provider, names]) => html`<h3>To grant (${provider})</h3>
<pre tabindex="0">${[...names].map(
      (name) => html`${name}
`,
    )}</pre>
`,
  );
}
