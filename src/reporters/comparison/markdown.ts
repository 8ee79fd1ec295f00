import type { Comparison, ComparisonItem, Offers, SwitchedOn } from '../../model/comparison.ts';
import { fitting } from '../markdown/fitting.ts';
import { code, sentence, table } from '../markdown/text.ts';
import type { ReporterOptions } from '../reporter.ts';
import { legend, offersText, verdictsText } from './text.ts';

const words = { fail: ' fail', unknown: ' unknown', pass: ' pass' };

/** Columns of one table; further registries go into more tables. */
const across = 12;

/** Items down, registries across. */
export function* renderComparisonMarkdown(
  { offers, switchedOn }: Comparison,
  { mostBytes }: ReporterOptions,
): Generator<string> {
  yield* fitting(blocks(offers, switchedOn), mostBytes);
}

function* blocks(offers: Offers, switchedOn: SwitchedOn | null): Generator<string> {
  yield `## What registries offer`;
  yield* tables(
    offers.providers.map(({ title }) => sentence(title)),
    offers.rows.map((row) => ({ name: formatItem(row), cells: row.cells.map(offersText) })),
  );
  yield legend;
  if (switchedOn === null) return;
  yield `## What is switched on`;
  yield* tables(
    switchedOn.registries.map(({ id, whole }) => `${code(id)}${whole ? '' : ' **incomplete**'}`),
    switchedOn.rows.map((row) => ({
      name: formatItem(row),
      cells: row.cells.map((cell) => verdictsText(cell, words, ', ')),
    })),
  );
}

interface Line {
  readonly name: string;
  readonly cells: readonly string[];
}

function* tables(heads: readonly string[], lines: readonly Line[]): Generator<string> {
  for (let from = 0; from < heads.length; from += across) {
    const part = (cells: readonly string[]) => cells.slice(from, from + across);
    yield table(
      ['Item', ...part(heads)],
      lines.map(({ name, cells }) => [name, ...part(cells)]),
    );
  }
}

function formatItem({ item, title }: ComparisonItem): string {
  return /^[A-Z]\d$/.test(item) ? `${item} ${title}` : item;
}
