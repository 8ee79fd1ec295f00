import { safeText } from '../safe-text.ts';

/**
 * Text for GitHub-flavoured Markdown out of a stranger's words. What is not a plain word becomes code:
 * in code nothing is a mention, a link, an issue number, HTML or emphasis, at GitHub and GitLab alike,
 * and no renderer differs in how it unescapes.
 */

/** Words of letters, with the punctuation of a sentence around them, and numbers that begin no list. */
const plain = /^(?:[("']{0,3}\p{L}+(?:['’-]\p{L}+)*[.,;:!?)"']{0,3}|\d{1,5}%?,?)$/u;
/** Could be the abbreviated name of a commit, which GitHub makes a link. */
const hash = /^[("']*[0-9a-f]{7,40}[.,;:!?)"']*$/;

/** A sentence that names things: words as they are, everything else as code. One line. */
export function sentence(text: string, most = 300): string {
  const parts: { code: boolean; text: string }[] = [];
  for (const word of safeText(text, most).split(' ')) {
    if (word === '') continue;
    const code = !plain.test(word) || hash.test(word);
    const last = parts.at(-1);
    if (last?.code === code) last.text += ` ${word}`;
    else parts.push({ code, text: word });
  }
  return parts.map((part) => (part.code ? codeSpan(part.text) : part.text)).join(' ');
}

/** A name, as code. One line. */
export function code(text: string, most = 200): string {
  return codeSpan(safeText(text, most));
}

/** A span whose fence is longer than any run of backticks inside; `|` as a table cell wants it. */
function codeSpan(text: string): string {
  if (text.trim() === '') return '';
  const fence = '`'.repeat(longestRun(text) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  const cell = text.replace(/\\+(?=\|)/g, '$& ').replaceAll('|', '\\|');
  return `${fence}${pad}${cell}${pad}${fence}`;
}

/** Lines to copy, in a block that nothing in them can end. */
export function codeBlock(text: string, most = 2000): string {
  const lines = text.split('\n').map((line) => safeText(line, most));
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return [fence, ...lines, fence].join('\n');
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** A table; cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A part that opens when it is clicked; `summary` is our own text. */
export function details(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
