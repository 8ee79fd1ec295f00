import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generated, type Product } from './products.ts';

/** Writes all generated files. Returns one line for each thing that people must add or fix. */
export async function generate(root: string): Promise<readonly string[]> {
  const { products, missing } = await generated(root);
  write(root, products);
  return missing;
}

/** Writes files below a folder, creating folders as needed. */
export function write(root: string, files: readonly Product[]): void {
  for (const { path, text } of files) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
