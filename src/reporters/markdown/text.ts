import { safeText } from '../safe-text.ts';

/**
 * Untrusted text as GitHub-flavoured Markdown. Everything but plain words becomes code: in code, GitHub and
 * GitLab see no mention, link, issue number, HTML or emphasis, and all renderers unescape alike.
 */

/** Words of letters with punctuation, and numbers and versions that do not start a list. */
const plain =
  /^(?:[("']{0,3}\p{L}+(?:['’-]\p{L}+)*[.,;:!?)"']{0,3}|\d{1,5}%?[,;:]?|\d{1,5}(?:\.\d{1,5})+[,;:]?)$/u;
/** Possibly an abbreviated commit hash, which GitHub would link. */
const hash = /^[("']*[0-9a-f]{7,40}[.,;:!?)"']*$/;

/** Text, as code or as it is, with the punctuation of the sentence around it. */
interface Part {
  readonly code: boolean;
  before: string;
  text: string;
  after: string;
}

/** A sentence on one line: plain words and punctuation unchanged, everything else as code. */
export function sentence(text: string, most = 300): string {
  const parts: Part[] = [];
  for (const word of safeText(text, most).split(' ')) {
    if (word === '') continue;
    const part = partOf(word);
    const last = parts.at(-1);
    if (last?.code === part.code && last.after === '' && part.before === '') {
      last.text += ` ${part.text}`;
      last.after = part.after;
    } else parts.push(part);
  }
  return parts
    .map(({ code, before, text: inner, after }) =>
      code ? `${before}${codeSpan(inner)}${after}` : inner,
    )
    .join(' ');
}

function partOf(word: string): Part {
  if (plain.test(word) && !hash.test(word))
    return { code: false, before: '', text: word, after: '' };
  const [, before = '', inner = '', after = ''] =
    /^([("']{0,3})([^\s]*?[^\s.,;:!?)"'])([.,;:!?)"']{0,3})$/u.exec(word) ?? [];
  // What is open inside of a word is closed by it: `f(x)`.
  const split = inner !== '' && !(after.includes(')') && inner.includes('('));
  return split
    ? { code: true, before, text: inner, after }
    : { code: true, before: '', text: word, after: '' };
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
