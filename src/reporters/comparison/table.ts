import Table from 'cli-table3';
import type { Comparison, Offers, SwitchedOn } from '../../model/comparison.ts';
import type { ReporterOptions } from '../reporter.ts';
import { safeLine } from '../safe-text.ts';
import { type Page, pageFor, wrap } from '../table/page.ts';
import { legend, offersText, offerWords, verdictsText } from './text.ts';

const gap = 2;
const narrowest = 14;
/** Minimum width of a column. Heads may be broken, cells never. */
const widest = 18;

interface Grid {
  readonly heads: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly string[] }[];
}

/** Items down, registries across; as many columns per table as fit the terminal. */
export function* renderComparisonTable(
  { offers, switchedOn }: Comparison,
  options: ReporterOptions,
): Generator<string> {
  const page = pageFor(options);
  for (const line of lines(offers, switchedOn, page)) yield `${safeLine(line)}\n`;
}

function* lines(offers: Offers, switchedOn: SwitchedOn | null, page: Page): Generator<string> {
  yield page.paint.bold('WHAT REGISTRIES OFFER');
  yield* gridLines(offersGrid(offers, page), page);
  yield* wrap(legend, page.width, '');
  if (switchedOn === null) return;
  yield '';
  yield page.paint.bold('WHAT IS SWITCHED ON');
  const { fail, unknown, pass } = page.mark;
  yield `${fail} fail  ${unknown} unknown  ${pass} pass`;
  yield* gridLines(switchedOnGrid(switchedOn, page), page);
  if (switchedOn.registries.some(({ whole }) => !whole)) {
    yield* wrap('* incomplete: not every repository was read.', page.width, '');
  }
}

function offersGrid({ providers, rows }: Offers, page: Page): Grid {
  return {
    heads: providers.map(({ id }) => id),
    rows: rows.flatMap(({ item, title, checks, cells }) => [
      { name: formatItem(item, title), cells: cells.map(offersText) },
      ...(page.verbose ? checks : []).map((check, at) => ({
        name: `- ${check}`,
        cells: cells.map((cell) =>
          cell
            .slice(at, at + 1)
            .map(({ offer }) => offerWords[offer])
            .join(),
        ),
      })),
    ]),
  };
}

function switchedOnGrid({ registries, rows }: SwitchedOn, page: Page): Grid {
  return {
    heads: registries.map(({ id, whole }) => (whole ? id : `${id} *`)),
    rows: rows.map(({ item, title, cells }) => ({
      name: formatItem(item, title),
      cells: cells.map((cell) => verdictsText(cell, page.mark, ' ')),
    })),
  };
}

/** A theme has no item number. */
function formatItem(item: string, title: string): string {
  return /^[A-Z]\d$/.test(item) ? `${item} ${title}` : item;
}

function* gridLines({ heads, rows }: Grid, page: Page): Generator<string> {
  const first = longest(rows.map(({ name }) => name)) + gap;
  const cells = longest(rows.flatMap((row) => row.cells));
  const width = Math.max(Math.min(longest(heads), widest), narrowest, cells) + gap;
  const across = Math.max(1, Math.floor((page.width - first) / width));
  for (let from = 0; from < heads.length; from += across) {
    const part = <T>(cells: readonly T[]) => cells.slice(from, from + across);
    const grid = new Table({
      chars: bare,
      style: { head: [], border: [], 'padding-left': 0, 'padding-right': gap },
      colWidths: [first, ...part(heads).map(() => width)],
    });
    grid.push(['', ...part(heads).map((head) => broken(page.text(head), width - gap))]);
    for (const { name, cells } of rows) {
      grid.push([page.text(name), ...part(cells).map((cell) => page.text(cell))]);
    }
    yield '';
    for (const line of grid.toString().split('\n')) yield line.trimEnd();
  }
  yield '';
}

/** Breaks a text into lines of at most `width` columns. cli-table3 would split wide characters. */
function broken(text: string, width: number): string {
  const lines = [''];
  let room = width;
  for (const character of text) {
    const columns = /^[ -~]$/.test(character) ? 1 : 2;
    if (columns > room) {
      lines.push('');
      room = width;
    }
    lines[lines.length - 1] += character;
    room -= columns;
  }
  return lines.join('\n');
}

function longest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(({ length }) => length));
}

const bare = Object.fromEntries(
  [
    'top,top-mid,top-left,top-right,bottom,bottom-mid,bottom-left,bottom-right',
    'left,left-mid,mid,mid-mid,right,right-mid,middle',
  ]
    .flatMap((names) => names.split(','))
    .map((name) => [name, '']),
);
