import { fileURLToPath } from 'node:url';
import { treeOf } from './catalogue.ts';
import { generate, write } from './generate.ts';
import { newCheck } from './new-check.ts';
import { newRegistry } from './new-registry.ts';
import type { Product } from './products.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [kind, name = '', ...facts] = process.argv.slice(2);
const { entries, providers, faults } = await treeOf(root);
const made = scaffold();
if (faults.length > 0 || typeof made === 'string') {
  say([...faults, ...(typeof made === 'string' ? [made] : [])]);
  process.exitCode = 1;
} else {
  write(root, made);
  const missing = await generate(root);
  say(['Written, fill them in:', ...made.map(({ path }) => `  ${path}`)]);
  say([...missing, 'Then npm run generate.']);
}

function scaffold(): readonly Product[] | string {
  if (kind === 'check') return newCheck(entries, name, facts);
  if (kind === 'registry')
    return newRegistry(
      providers.map(({ id }) => id),
      name,
    );
  return 'npm run new check <theme>/<id> [fact…], or npm run new registry <id>';
}

function say(lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`${line}\n`);
}
