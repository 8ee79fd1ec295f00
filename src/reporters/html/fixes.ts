import type { CheckSummary } from '../../model/report.ts';
import { html, lines, type Markup } from './markup.ts';

/** The fix of one provider, in every available form. */
export function fixes(provider: string, { id, fix }: CheckSummary): Markup | string {
  const { command, terraform, console, instead, risk, undo } = fix[provider] ?? {};
  const ways = [
    ...code('Command', command),
    ...code('Terraform', terraform),
    ...prose('Console', console),
    ...prose('Manual steps', instead),
    ...prose('Risk', risk),
    ...prose('Undo', undo),
  ];
  if (ways.length === 0) return '';
  return html`<details class="fix"><summary>Fix (${provider})<span class="unseen"> for ${id}</span></summary>
<dl>
${ways}</dl></details>
`;
}

function code(name: string, text: string | undefined): Markup[] {
  if (text === undefined) return [];
  return [
    html`<dt>${name}</dt><dd><pre tabindex="0">${lines(text)}</pre></dd>
`,
  ];
}

function prose(name: string, text: string | undefined): Markup[] {
  return text === undefined
    ? []
    : [
        html`<dt>${name}</dt><dd>${text}</dd>
`,
      ];
}
