import type { Report } from '../../model/report.ts';
import { handSteps, isGrantable } from '../by-hand.ts';
import { plural } from '../table/page.ts';
import { because, type Gap } from '../table/unknown.ts';
import { html, type Markup } from './markup.ts';
import { coverage } from './summaries.ts';
import type { Survey } from './survey.ts';

const mostNamed = 8;

/** What could not be read: registries not seen whole, then every gap with what it leaves unjudged. */
export function unread(report: Report, { gaps }: Survey): Markup {
  const partial = report.registries.filter((registry) => !coverage(registry).whole);
  const nothing =
    partial.length + gaps.length === 0 && !report.interrupted
      ? html`<p>Everything that was asked for was read.</p>
`
      : '';
  const interrupted = report.interrupted
    ? html`<p>The scan was interrupted: what came later was not read.</p>
`
    : '';
  return html`<section id="unread" aria-labelledby="unread-title">
<h2 id="unread-title">What could not be read</h2>
${nothing}${interrupted}${partial.length === 0 ? '' : registries(partial)}${gaps.length === 0 ? '' : table(gaps)}${permissions(gaps)}${byHand(report)}</section>
`;
}

/** What no API tells and what no vendor can do. */
function byHand({ findings }: Report): Markup | string {
  const steps = handSteps(findings);
  if (steps.length === 0) return '';
  const items = steps.map(
    ({
      note,
      step,
      checks,
      registries,
    }) => html`<li>${step}: ${note} (${named([...checks], 'check')} at ${named([...registries], 'registry', 'registries')})</li>
`,
  );
  return html`<h3>Check by hand</h3>
<ul>
${items}</ul>
`;
}

function registries(partial: Report['registries']): Markup {
  const items = partial.map(
    (registry) => html`<li><code>${registry.id}</code>: ${
      registry.reachable
        ? `${coverage(registry).says} repositories were judged`
        : 'it could not be reached, so nothing of it is known'
    }</li>
`,
  );
  return html`<h3>Registries not seen whole</h3>
<ul>
${items}</ul>
`;
}

function table(gaps: readonly Gap[]): Markup {
  const rows = gaps.map(
    ({
      blocked,
      registries,
      checks,
    }) => html`<tr><th scope="row"><code>${blocked.operation}</code></th><td>${because[blocked.why]}${blocked.detail === null ? '' : html`<br><q>${blocked.detail}</q>`}</td><td>${
      isGrantable(blocked) ? html`<code>${blocked.permission ?? ''}</code>` : (blocked.cure ?? '')
    }</td><td>${named([...checks.keys()], 'check')}</td><td>${named([...registries], 'registry', 'registries')}</td></tr>
`,
  );
  return html`<h3>Questions without an answer</h3>
<div class="wide" role="group" aria-labelledby="unread-title" tabindex="0"><table class="gaps">
<thead><tr><th scope="col">Asked</th><th scope="col">Why there is no answer</th><th scope="col">What helps</th><th scope="col">Checks left open</th><th scope="col">At</th></tr></thead>
<tbody>
${rows}</tbody></table></div>
`;
}

function named(names: readonly string[], one: string, many?: string): Markup | string {
  if (names.length > mostNamed) return plural(names.length, one, many);
  return html`${names.map((name, at) => html`${at === 0 ? '' : ', '}<code>${name}</code>`)}`;
}

/** All that is missing, one permission per line, to copy into a policy or role. */
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
