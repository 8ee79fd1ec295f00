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
