import { checklist } from '../../model/checklist.ts';
import { severities } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import { verdictNames } from './counts.ts';
import { suppressionNames } from './finding.ts';
import { html, type Markup } from './markup.ts';
import type { Survey } from './survey.ts';

type Option = readonly [value: string, name: string];

/** Of registries and of owners; the search field finds the others. */
const mostOptions = 200;

/** The filter form, hidden until the script runs. */
export function filterForm({ registries, checks }: Report, { exceptions, owners }: Survey): Markup {
  const covered = new Set(checks.flatMap(({ checklist }) => checklist));
  const items = checklist.flatMap(({ items: all }) =>
    Object.entries(all).filter(([item]) => covered.has(item)),
  );
  const kinds = new Set(exceptions.map(({ suppression }) => suppression.kind));
  return html`<form id="filter" role="search" aria-label="Findings" hidden>
<label class="text">Search <input type="search" name="text" autocomplete="off" spellcheck="false"></label>
${select('verdict', 'Verdict', [
  ['fail', verdictNames.fail],
  ['unknown', verdictNames.unknown],
])}${select(
  'severity',
  'Severity',
  severities.map((severity) => [severity, severity]),
)}${select(
  'item',
  'Checklist item',
  items.map(([item, asks]) => [item, `${item} ${asks}`]),
)}${select(
  'registry',
  'Registry',
  registries
    .filter(({ summary }) => summary.fail + summary.unknown > 0)
    .slice(0, mostOptions)
    .map(({ id }) => [id, id]),
)}${
  owners.length === 0
    ? ''
    : select(
        'owner',
        'Owner',
        owners.slice(0, mostOptions).map((owner) => [owner, owner]),
      )
}${
  kinds.size === 0
    ? ''
    : select('suppression', 'Suppression', [
        ['none', 'Not suppressed'],
        ...[...kinds].map((kind): Option => [kind, suppressionNames[kind]]),
      ])
}<div class="buttons"><button type="reset">Clear</button> <button type="button" id="unfold" aria-pressed="false">Open all evidence</button> <span class="note">The address of the page leads to this view.</span></div>
</form>
<p id="shown" role="status"></p>
`;
}

function select(name: string, label: string, options: readonly Option[]): Markup {
  return html`<label>${label} <select name="${name}"><option value="">All</option>${options.map(
    ([value, text]) => html`<option value="${value}">${text}</option>`,
  )}</select></label>
`;
}
