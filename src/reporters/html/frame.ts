import type { Report } from '../../model/report.ts';
import { plural } from '../table/page.ts';
import { script, scriptHash, style, styleHash } from './assets.ts';
import { html, type Markup, verbatim } from './markup.ts';

const policy = [
  "default-src 'none'",
  `style-src '${styleHash}'`,
  `script-src '${scriptHash}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const sections = {
  summary: 'Summary',
  first: 'Fix first',
  registries: 'Registries',
  findings: 'Findings',
  unread: 'Unknown',
  waivers: 'Waivers',
  checklist: 'Checklist',
  checks: 'Checks',
};

/** Everything before the sections. The content security policy precedes the style and script it governs. */
export function head({ tool, registries, startedAt }: Report): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Container registry audit, ${day(startedAt)}</title>
${verbatim('style', style)}
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<header>
<p class="brand">${tool.name} <span>${tool.version}</span></p>
<h1>Container registry audit</h1>
<p class="scope">${scope(registries)}, <time datetime="${startedAt}">${day(startedAt)}</time></p>
<nav aria-label="Sections"><ul>
${Object.entries(sections).map(
  ([id, name]) => html`<li><a href="#${id}">${name}</a></li>
`,
)}</ul></nav>
</header>
<main>
`;
}

export function foot({ tool, startedAt, finishedAt, failOn, registries }: Report): Markup {
  const calls = registries.reduce((sum, registry) => sum + (registry.calls ?? 0), 0);
  const read = calls > 0 ? `, with ${plural(calls, 'API call')}, all read-only` : '';
  return html`</main>
<footer>
<p>Made by ${tool.name} ${tool.version} from ${startedAt} to ${finishedAt}${read}. Fails from severity: ${failOn}. Unknown is never a pass.</p>
</footer>
${verbatim('script', script)}
</body>
</html>
`;
}

function scope(registries: Report['registries']): string {
  const judged = registries.reduce((sum, { repositories }) => sum + repositories.count, 0);
  const places = plural(registries.length, 'registry', 'registries');
  return `${places}, ${plural(judged, 'repository', 'repositories')}`;
}

/** Formats `2026-11-23T10:00:00.000Z` as `2026-11-23 10:00 UTC`, independent of the locale. */
function day(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}
