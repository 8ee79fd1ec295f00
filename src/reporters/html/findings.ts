import type { CheckSummary, Control, Report } from '../../model/report.ts';
import { docsLink } from '../docs-link.ts';
import { referencesOf } from '../references.ts';
import { plural } from '../table/page.ts';
import { findingItem } from './finding.ts';
import { fixes } from './fixes.ts';
import { html, type Markup } from './markup.ts';
import { allowance, type Group, groupKey, type NotableVerdict, type Survey } from './survey.ts';

/** A browser can filter this many while the user types, and the page stays small enough to be sent by mail. */
export const mostFindings = 2000;

/**
 * The findings with one verdict, check by check; keeps one in memory at a time. The failures and the unknowns of
 * a page share its room.
 */
export function* findingSections(
  report: Report,
  { groups }: Survey,
  verdict: NotableVerdict,
): Generator<Markup> {
  const checks = new Map(report.checks.map((check) => [check.id, check]));
  const sizes = [...groups.values()].map(({ count }) => count);
  const most = allowance(sizes, mostFindings);
  let open: Group | undefined;
  let shown = 0;
  for (const finding of report.findings) {
    const group = finding.verdict === verdict ? groups.get(groupKey(finding)) : undefined;
    if (group === undefined) continue;
    if (group !== open) {
      if (open !== undefined) yield ending(open, most);
      yield beginning(group, checks.get(group.check), first(group, groups));
      open = group;
      shown = 0;
    }
    shown += 1;
    if (shown <= most) yield findingItem(finding);
  }
  if (open !== undefined) yield ending(open, most);
}

/** A check with several severities or verdicts has several groups; only the first carries the anchor. */
function first(group: Group, groups: Survey['groups']): boolean {
  return [...groups.values()].find(({ check }) => check === group.check) === group;
}

function beginning(group: Group, about: CheckSummary | undefined, named: boolean): Markup {
  const { check, severity, verdict, count, aside } = group;
  const counts = [
    `${count} ${verdict}`,
    ...(aside > 0 ? [`${aside} of these waived, accepted or in the baseline`] : []),
  ];
  const id = named ? html` id="check-${check}"` : '';
  return html`<section class="check ${verdict}"${id} data-severity="${severity}" data-item="${(about?.checklist ?? []).join(' ')}">
<h3><span class="severity ${severity}">${severity}</span> <span class="id">${check}</span> <span class="counts">${counts.join(', ')}</span></h3>
${about === undefined ? '' : explanation(about, group)}${
  verdict === 'fail'
    ? ''
    : html`<details class="list"><summary>${plural(count, 'unknown finding')}<span class="unseen"> of ${check}</span></summary>
`
}<ul class="findings">
`;
}

function explanation(check: CheckSummary, { providers, verdict }: Group): Markup {
  const expected = html`<p class="expected"><strong>Expected:</strong> ${check.title}.</p>
`;
  if (verdict === 'unknown') return expected;
  return html`${expected}<p class="why">${check.why}</p>
<div class="fixes">
${[...providers].map((provider) => fixes(provider, check))}${background(check, providers)}</div>
`;
}

function background(check: CheckSummary, providers: ReadonlySet<string>): Markup {
  const items =
    check.checklist.length === 0
      ? ''
      : html`<p>Checklist item: ${check.checklist.join(', ')}.</p>
`;
  const docs = docsLink(check.id);
  const own = docs === null ? [] : [docs];
  return html`<details class="more"><summary>Controls and references<span class="unseen"> of ${check.id}</span></summary>
${items}${controls(check.controls)}<ul class="references">
${[...own, ...referencesOf(check, providers)].map(
  (reference) => html`<li>${link(reference)}</li>
`,
)}</ul></details>
`;
}

const grounds: Readonly<Record<Control['by'], string>> = {
  registry: 'the control names registries or images',
  vendor: 'mapped by a vendor',
  related: 'related, mapped by regaudit',
};

function controls(all: readonly Control[]): Markup | string {
  if (all.length === 0) return '';
  const frameworks = new Map<string, Control[]>();
  for (const control of all) {
    const name = `${control.framework} ${control.version} (${grounds[control.by]})`;
    frameworks.set(name, [...(frameworks.get(name) ?? []), control]);
  }
  const rows = [...frameworks].map(
    ([name, own]) => html`<div><dt>${name}</dt><dd>${own.map(titled).join('; ')}</dd></div>
`,
  );
  return html`<p>A pass is evidence towards these controls, not compliance with them.</p>
<dl class="controls">
${rows}</dl>
`;
}

function titled({ id, title, by }: Control): string {
  return title === undefined || by === 'related' ? id : `${id} ${title.replace(/\.$/, '')}`;
}

/** A link if the text is a normalised web address; otherwise the text. */
function link(address: string): Markup | string {
  return /^https:\/\/[\w.-]+(?:[/?#][\w.~:/?#@!$&'()*+,;=%-]*)?$/.test(address)
    ? html`<a href="${address}" rel="noopener noreferrer">${address}</a>`
    : address;
}

function ending({ check, count, verdict }: Group, most: number): Markup {
  const left = count - most;
  const rest =
    left <= 0
      ? ''
      : html`<p class="rest">${left} more ${left === 1 ? 'finding' : 'findings'} of <code>${check}</code> not shown: the JSON report has all of them.</p>
`;
  return html`</ul>
${rest}${verdict === 'fail' ? '' : html`</details>`}</section>
`;
}
