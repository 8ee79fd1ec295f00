import type { CheckSummary, Control, Report } from '../../model/report.ts';
import { referencesOf } from '../references.ts';
import { findingItem } from './finding.ts';
import { fixes } from './fixes.ts';
import { html, type Markup } from './markup.ts';
import { allowance, type Group, groupKey, notable, type Survey } from './survey.ts';

/** A browser can filter this many while the user types, and can print them. */
export const mostFindings = 3000;

/** The failed and unknown findings, check by check; keeps one in memory at a time. */
export function* findingSections(report: Report, { groups }: Survey): Generator<Markup> {
  const checks = new Map(report.checks.map((check) => [check.id, check]));
  const registries = new Map(report.registries.map(({ id }, at) => [id, at]));
  const sizes = [...groups.values()].map(({ fail, unknown }) => fail + unknown);
  const most = allowance(sizes, mostFindings);
  let open: Group | undefined;
  let shown = 0;
  for (const finding of report.findings) {
    const group = notable(finding) ? groups.get(groupKey(finding)) : undefined;
    if (group === undefined) continue;
    if (group !== open) {
      if (open !== undefined) yield ending(open, most);
      yield beginning(group, checks.get(group.check), first(group, groups));
      open = group;
      shown = 0;
    }
    shown += 1;
    if (shown <= most) yield findingItem(finding, registries.get(finding.registry) ?? -1);
  }
  if (open !== undefined) yield ending(open, most);
}

/** A check with several severities has several groups; only the first carries the anchor. */
function first(group: Group, groups: Survey['groups']): boolean {
  return [...groups.values()].find(({ check }) => check === group.check) === group;
}

function beginning(group: Group, about: CheckSummary | undefined, named: boolean): Markup {
  const { check, severity, fail, unknown, aside } = group;
  const counts = [
    ...(fail > 0 ? [`${fail} fail`] : []),
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
    ...(aside > 0 ? [`${aside} of these waived, accepted or in the baseline`] : []),
  ];
  const id = named ? html` id="check-${check}"` : '';
  return html`<section class="check"${id} data-severity="${severity}" data-item="${(about?.checklist ?? []).join(' ')}">
<h3><span class="severity ${severity}">${severity}</span> <span class="id">${check}</span></h3>
<p class="counts">${counts.join(', ')}</p>
${about === undefined ? '' : explanation(about, group)}<ul class="findings">
`;
}

function explanation(check: CheckSummary, { providers, fail }: Group): Markup {
  const items =
    check.checklist.length === 0
      ? ''
      : html`<p>Checklist item: ${check.checklist.join(', ')}.</p>
`;
  return html`<p class="expected"><strong>Expected:</strong> ${check.title}.</p>
<p class="why">${check.why}</p>
${fail > 0 ? [...providers].map((provider) => fixes(provider, check)) : ''}<details class="more"><summary>Controls and references<span class="unseen"> of ${check.id}</span></summary>
${items}${controls(check.controls)}<ul class="references">
${referencesOf(check, providers).map(
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
  const frameworks = new Map<string, string[]>();
  for (const { framework, version, id, by } of all) {
    const name = `${framework} ${version} (${grounds[by]})`;
    frameworks.set(name, [...(frameworks.get(name) ?? []), id]);
  }
  const rows = [...frameworks].map(
    ([name, ids]) => html`<div><dt>${name}</dt><dd>${ids.join(', ')}</dd></div>
`,
  );
  return html`<p>A pass is evidence towards these controls, not compliance with them.</p>
<dl class="controls">
${rows}</dl>
`;
}

/** A link if the text is a normalised web address; otherwise the text. */
function link(address: string): Markup | string {
  return /^https:\/\/[\w.-]+(?:[/?#][\w.~:/?#@!$&'()*+,;=%-]*)?$/.test(address)
    ? html`<a href="${address}" rel="noopener noreferrer">${address}</a>`
    : address;
}

function ending({ check, fail, unknown }: Group, most: number): Markup {
  const left = fail + unknown - most;
  const rest =
    left <= 0
      ? ''
      : html`<p class="rest">${left} more ${left === 1 ? 'finding' : 'findings'} of <code>${check}</code> not shown: the JSON report has all of them.</p>
`;
  return html`</ul>
${rest}</section>
`;
}
