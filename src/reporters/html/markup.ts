import { safeText } from '../safe-text.ts';

const minted = Symbol('markup');

/** A piece of a page. Only `html` and `verbatim` create one: report data cannot contain the symbol. */
export interface Markup {
  readonly [minted]: string;
}

/** A value in a template. Text is untrusted and escaped; markup is not. */
export type Content = string | number | Markup | readonly Content[];

const longest = 4000;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * A template tag that escapes every inserted text, for elements and quoted attributes. Hidden characters
 * are replaced, so that none can reorder the page.
 */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  const text = parts.reduce((sum, part, at) => sum + plain(contents[at - 1] ?? '') + part);
  return { [minted]: text };
}

/** A style sheet or script, which a browser does not unescape. Only for trusted code. */
export function verbatim(element: 'style' | 'script', code: string): Markup {
  return { [minted]: `<${element}>${code}</${element}>` };
}

/** The HTML text of a piece. */
export function markupText(piece: Markup): string {
  return piece[minted];
}

function plain(content: Content): string {
  if (typeof content === 'number') return content.toLocaleString('en-US');
  if (typeof content === 'string') return escaped(safeText(content, longest));
  return isMarkup(content) ? content[minted] : content.map(plain).join('');
}

function isMarkup(content: Markup | readonly Content[]): content is Markup {
  return !Array.isArray(content);
}

/** Keeps the line breaks of trusted text, such as a fix or indented JSON. */
export function lines(text: string): Markup[] {
  return text.split('\n').map((line, at) => html`${at === 0 ? '' : newline}${indented(line)}`);
}

const newline: Markup = { [minted]: '\n' };

/** Keeps the indentation, which `safeText` would collapse. */
function indented(line: string): Markup {
  const [indent = ''] = /^ */.exec(line) ?? [];
  return { [minted]: indent + plain(line.slice(indent.length)) };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => entities[mark] ?? '');
}
