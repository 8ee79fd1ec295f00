import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Document, type Vendor, vendors } from './vendors.ts';

/**
 * Makes the descriptions beside it out of the vendors' own, which README.md names.
 * `tsx test/specs/reduce.ts SOURCE [VENDOR…]`; SOURCE holds a folder for each vendor. Tells which
 * operations a description has nothing of.
 */
const here = fileURLToPath(new URL('.', import.meta.url));

function make(source: string, { folder, documents, permissions }: Vendor): void {
  const read = (file: string) => readFileSync(join(source, folder, file), 'utf8');
  rmSync(join(here, folder), { recursive: true, force: true });
  mkdirSync(join(here, folder));
  for (const document of documents) {
    const { text, operations } = reduced(document, read(document.source));
    writeFileSync(join(here, folder, document.file), text);
    const missing = document.operations.filter((name) => !operations.includes(name));
    process.stdout.write(`${folder}/${document.file} ${text.length} bytes\n`);
    for (const name of missing) process.stdout.write(`  does not describe ${name}\n`);
  }
  if (permissions === null) return;
  const names = permissions.sources.flatMap((file) => permissions.namesIn(read(file)));
  const lines = [...new Set(names)].sort().map((name) => `${name}\n`);
  writeFileSync(join(here, folder, 'permissions.txt'), lines.join(''));
  process.stdout.write(`${folder}/permissions.txt ${lines.length} names\n`);
}

function reduced({ reduce, operations }: Document, text: string) {
  return reduce(text, (name) => operations.includes(name));
}

const [source, ...wanted] = process.argv.slice(2);
if (source === undefined) {
  process.stderr.write('usage: reduce.ts SOURCE [VENDOR…]\n');
  process.exitCode = 2;
} else {
  for (const vendor of vendors) {
    if (wanted.length === 0 || wanted.includes(vendor.folder)) make(source, vendor);
  }
}
