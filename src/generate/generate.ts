import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generated, type Product } from './products.ts';

/** Writes everything that is generated. Out: what people have to add or mend, a line each. */
export async function generate(root: string): Promise<readonly string[]> {
  const { products, missing } = await generated(root);
  write(root, products);
  return missing;
}

/** Writes files below a folder, with the folders they stand in. */
export function write(root: string, files: readonly Product[]): void {
  for (const { path, text } of files) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
