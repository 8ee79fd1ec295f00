import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { generated } from '../src/generate/products.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

test('every generated file is what its generator makes (else: npm run generate)', async () => {
  const { products, missing } = await generated(root);
  const stale = products.filter(
    ({ path, text }) => readFileSync(join(root, path), 'utf8') !== text,
  );
  expect(missing).toEqual([]);
  expect(products.length).toBeGreaterThan(5);
  expect(stale.map(({ path }) => path)).toEqual([]);
});
