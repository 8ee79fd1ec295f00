import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { products } from '../src/generate/products.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

test('every generated file is what its generator makes (else: npm run generate)', async () => {
  const made = await products(root);
  const stale = made.filter(({ path, text }) => readFileSync(join(root, path), 'utf8') !== text);
  expect(made.length).toBeGreaterThan(5);
  expect(stale.map(({ path }) => path)).toEqual([]);
});

test('every file that is generated as a whole is marked so, and reviews fold it', async () => {
  const patterns = readFileSync(join(root, '.gitattributes'), 'utf8')
    .split('\n')
    .flatMap((line) => /^(\S+) linguist-generated$/.exec(line)?.[1] ?? [])
    .map((glob) => new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`));
  const made = await products(root);
  const whole = made.filter(({ text }) => !text.includes('<!-- end of generated: '));
  expect(whole.length).toBeGreaterThan(50);
  const unmarked = whole.filter(({ path }) => !patterns.some((pattern) => pattern.test(path)));
  expect(unmarked.map(({ path }) => path)).toEqual([]);
  const halves = made.filter((product) => !whole.includes(product));
  expect(halves.filter(({ path }) => patterns.some((pattern) => pattern.test(path)))).toEqual([]);
});
