import { safeText } from '../safe-text.ts';

/**
 * Untrusted text as GitHub-flavoured Markdown. Everything but plain words becomes code: in code, GitHub and
 * GitLab see no mention, link, issue number, HTML or emphasis, and all renderers unescape alike.
 */

/** Words of letters with punctuation, and numbers that do not start a list. */
const plain = /^(?:[("']{0,3}\p{L}+(?:['’-]\p{L}+)*[.,;:!?)"']{0,3}|\d{1,5}%?,?)$/u;
/** Possibly an abbreviated commit hash, which GitHub would link. */
const hash = /^[("']*[0-9a-f]{7,40}[.,;:!?)"']*$/;

/** A sentence on one line: plain words unchanged, everything else as code. */
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

/** A name as code, on one line. */
export function code(text: string, most = 200): string {
  return codeSpan(safeText(text, most));
}

/** A code span whose fence is longer than any run of backticks inside; `|` is escaped for table cells. */
function codeSpan(text: string): string {
  if (text.trim() === '') return '';
  const fence = '`'.repeat(longestRun(text) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  const cell = text.replace(/\\+(?=\|)/g, '$& ').replaceAll('|', '\\|');
  return `${fence}${pad}${cell}${pad}${fence}`;
}

/** A code block that its content cannot end. */
export function codeBlock(text: string, most = 2000): string {
  const lines = text.split('\n').map((line) => safeText(line, most));
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return [fence, ...lines, fence].join('\n');
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** A table. In: cells in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A folded section. `summary`: trusted text. */
export function details(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
