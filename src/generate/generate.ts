import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generated } from './products.ts';

/** Writes everything that is generated, and tells what is missing. Out: whether nothing is. */
export async function generate(root: string): Promise<boolean> {
  const { products, missing } = await generated(root);
  for (const { path, text } of products) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  for (const line of missing) process.stderr.write(`${line}\n`);
  return missing.length === 0;
}
