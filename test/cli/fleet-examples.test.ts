import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { programOf } from '../../src/cli/program.ts';
import { worldOf } from '../support/run-cli.ts';

const folder = fileURLToPath(new URL('../../docs/examples/fleet', import.meta.url));
const { commands } = programOf(worldOf([]).host, () => undefined);
const files = readdirSync(folder);

/** Every call of regaudit in a manifest, as words: in a list of arguments, or in a line of a shell. */
function callsIn(text: string): readonly (readonly string[])[] {
  const flat = text.replace(/"|\n\s+(?=["\]])/g, '');
  const lists = [...flat.matchAll(/\[((?:plan|collect|scan|merge),\s*-[^\]]*)\]/g)].map(
    ([, list]) => (list ?? '').split(/,\s*/),
  );
  const lines = [...text.matchAll(/\bregaudit ((?:plan|collect|scan|merge) [^\n;&|]*)/g)].map(
    ([, line]) => (line ?? '').trim().split(/\s+/),
  );
  return [...lists, ...lines];
}

test.each(files)('%s calls commands with options that they have', (file) => {
  const calls = callsIn(readFileSync(join(folder, file), 'utf8'));
  expect(calls.map(([name]) => name)).toContain('collect');
  for (const [name, ...words] of calls) {
    const options = commands.find((one) => one.name() === name)?.options ?? [];
    const known = options.flatMap(({ long, short }) => [long, short]);
    const used = words.filter((word) => word.startsWith('-'));
    expect(used.filter((word) => !known.includes(word))).toEqual([]);
    expect(used.length).toBeGreaterThan(2);
  }
});

test('there is one for each engine', () => {
  expect(files).toHaveLength(8);
});
