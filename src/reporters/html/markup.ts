import { safeText } from '../safe-text.ts';

const minted = Symbol('markup');

/** A piece of a page. Only `html` makes one: a symbol cannot come out of a report. */
export interface Markup {
  readonly [minted]: string;
}

/** What may stand in a template. Text is a stranger's and gets escaped, markup is not. */
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
 * A template literal that escapes whatever is put into it, in elements and in quoted attributes. Out:
 * markup. Text is made visible too, so that nothing hidden reorders the page.
 */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  const text = parts.reduce((sum, part, at) => sum + plain(contents[at - 1] ?? '') + part);
  return { [minted]: text };
}

/** A style sheet or script, which a browser does not unescape. Only for what we wrote ourselves. */
export function verbatim(element: 'style' | 'script', code: string): Markup {
  return { [minted]: `<${element}>${code}</${element}>` };
}

/** The page's text of a piece. */
export function textOf(piece: Markup): string {
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

/** Keeps the line breaks of our own text, such as a fix or indented JSON. */
export function lines(text: string): Markup[] {
  return text.split('\n').map((line, at) => html`${at === 0 ? '' : newline}${indented(line)}`);
}

const newline: Markup = { [minted]: '\n' };

/** `safeText` joins white space, so what a line begins with is set apart. */
function indented(line: string): Markup {
  const [indent = ''] = /^ */.exec(line) ?? [];
  return { [minted]: indent + plain(line.slice(indent.length)) };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => entities[mark] ?? '');
}
