import Table from 'cli-table3';
import type { VerdictWord } from '../../model/finding.ts';
import type { Page } from './page.ts';

export type Counts = Readonly<Record<VerdictWord, number>>;

export interface Row {
  readonly worst: VerdictWord;
  readonly name: string;
  readonly about: string;
  readonly counts: Counts;
}

/** The order of columns and rows: worst first. */
export const order: readonly VerdictWord[] = ['fail', 'unknown', 'pass', 'not-applicable'];
const columns = ['FAIL', 'UNKNOWN', 'PASS', 'N/A'];
const gap = 2;

/** The worst verdict with a count; unknown if all are zero. */
export function worstOf(counts: Counts): VerdictWord {
  return order.find((verdict) => counts[verdict] > 0) ?? 'unknown';
}

/** Formats names and counts in columns without borders. Nothing is truncated. */
export function gridLines(
  nameHead: string,
  aboutHead: string,
  rows: readonly Row[],
  page: Page,
): string[] {
  const about = columnWidth(
    aboutHead,
    rows.map((row) => row.about),
  );
  const numbers = order.map((verdict, at) =>
    columnWidth(
      columns[at] ?? '',
      rows.map(({ counts }) => String(counts[verdict])),
    ),
  );
  const room = page.width - [about, ...numbers].reduce((sum, width) => sum + width, 0);
  // On a wide terminal the counts stay near the names.
  const longest = Math.max(...[nameHead, ...rows.map(({ name }) => page.text(name))].map(widthOf));
  const rest = Math.min(room, longest + 2 + gap);
  const grid = new Table({
    chars: Object.fromEntries(bare.map((name) => [name, ''])),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': gap },
    colWidths: [rest, about, ...numbers],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right'],
  });
  grid.push([`  ${nameHead}`, aboutHead, ...columns].map((name) => page.paint.dim(name)));
  for (const row of rows) grid.push(cells(row, rest - gap, page));
  return grid
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

const widthOf = ({ length }: string) => length;

function cells({ worst, name, about, counts }: Row, width: number, page: Page): string[] {
  const mark = page.verdict(worst, page.mark[worst]);
  return [
    `${mark} ${pieces(page.text(name), width - 2).join('\n  ')}`,
    about,
    ...order.map((verdict) =>
      counts[verdict] === 0 ? page.paint.dim('0') : page.verdict(verdict, String(counts[verdict])),
    ),
  ];
}

/** cli-table3 breaks long words only in text without colour. */
function pieces(text: string, width: number): string[] {
  const room = Math.max(width, 10);
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += room) lines.push(text.slice(at, at + room));
  return lines;
}

function columnWidth(head: string, cells: readonly string[]): number {
  return Math.max(head.length, ...cells.map((cell) => cell.length)) + gap;
}

const bare = [
  'top,top-mid,top-left,top-right,bottom,bottom-mid,bottom-left,bottom-right',
  'left,left-mid,mid,mid-mid,right,right-mid,middle',
].flatMap((names) => names.split(','));
