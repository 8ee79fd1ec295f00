import { factName } from '../../model/fact-names.ts';
import type { Blocked, Evidence, Finding, Suppression } from '../../model/finding.ts';
import { isByHand, isGrantable, stepsText } from '../by-hand.ts';
import { sourcesOf } from '../evidence.ts';
import { safeJson } from '../safe-text.ts';
import { because } from '../table/unknown.ts';
import { badge } from './counts.ts';
import { html, lines, type Markup } from './markup.ts';

const mostLine = 80;
const mostValue = 1000;

/** One finding with its place, message and evidence. */
export function findingItem(finding: Finding): Markup {
  const { verdict, suppression, message, fingerprint, registry } = finding;
  return html`<li class="finding" id="f-${fingerprint}" data-verdict="${verdict}" data-registry="${registry}" data-owner="${finding.owner ?? ''}" data-suppression="${suppression?.kind ?? 'none'}">
<p class="where">${badge(verdict)} ${place(finding)}${ownerText(finding)}${suppressionBadge(suppression)}</p>
<p class="says">${sentence(message)}</p>
${
  isByHand(finding)
    ? html`<p class="says">${sentence(stepsText(finding))}</p>
`
    : ''
}${suppressionLine(suppression)}<details><summary>Evidence<span class="unseen"> for ${finding.subject}</span></summary>
${evidenceTable(finding.evidence)}${blockedList([...finding.blocked, ...finding.missing])}<p class="mark">Fingerprint <code>${fingerprint}</code></p>
</details></li>
`;
}

function place({ repository, registry }: Finding): Markup {
  return repository === null
    ? html`<code class="name">${registry}</code> <span class="in">the registry itself</span>`
    : html`<code class="name">${repository}</code> <span class="in">in <code>${registry}</code></span>`;
}

function ownerText({ owner }: Finding): Markup | string {
  return owner === null ? '' : html` <span class="owner">owner: ${owner}</span>`;
}

function sentence(clause: string): string {
  return clause.charAt(0).toUpperCase() + clause.slice(1);
}

export const suppressionNames: Readonly<Record<Suppression['kind'], string>> = {
  waiver: 'Waived',
  baseline: 'In the baseline',
  accepted: 'Accepted',
};

function suppressionBadge(suppression: Suppression | null): Markup | string {
  return suppression === null
    ? ''
    : html` <span class="badge aside">${suppressionNames[suppression.kind]}</span>`;
}

function suppressionLine(suppression: Suppression | null): Markup | string {
  if (suppression === null || suppression.kind === 'baseline') return '';
  return html`<p class="suppression">${suppressionNames[suppression.kind]} until <time>${suppression.until}</time>: ${suppression.reason}</p>
`;
}

function evidenceTable(evidence: readonly Evidence[]): Markup | string {
  if (evidence.length === 0) return '';
  const rows = evidence.map(
    (
      one,
    ) => html`<tr><th scope="row">${sentence(factName(one.fact))}</th><td data-label="Read from">${sourcesOf([one])}</td><td data-label="Value"><pre>${formatValue(one)}</pre></td></tr>
`,
  );
  return html`<div class="wide" tabindex="0" role="group" aria-label="Evidence"><table class="evidence stack">
<thead><tr><th scope="col">Fact</th><th scope="col">Read from</th><th scope="col">Value</th></tr></thead>
<tbody>
${rows}</tbody></table></div>
`;
}

function formatValue({ value }: Evidence): Markup[] {
  const line = safeJson(value);
  const text = line.length <= mostLine ? line : safeJson(value, 2);
  return lines(text.length > mostValue ? `${text.slice(0, mostValue)}\n…` : text);
}

function blockedList(blocked: readonly Blocked[]): Markup | string {
  if (blocked.length === 0) return '';
  const items = blocked.map((one) => {
    const { fact, why, operation, permission, detail, cure } = one;
    const helps = cure === null ? '' : ` ${sentence(cure)}.`;
    const grant = isGrantable(one) ? html` Grant <code>${permission ?? ''}</code>.` : helps;
    const says = detail === null ? '' : html` <q>${detail}</q>`;
    return html`<li><strong>${sentence(factName(fact))}</strong>: <code>${operation}</code>, ${because[why]}.${grant}${says}</li>
`;
  });
  return html`<ul class="blocked">
${items}</ul>
`;
}
