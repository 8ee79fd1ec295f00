import { fileURLToPath } from 'node:url';
import { treeOf } from './catalogue.ts';
import { generate, write } from './generate.ts';
import { newCheck } from './new-check.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [kind, name = '', ...facts] = process.argv.slice(2);
const { entries, faults } = await treeOf(root);
const made =
  kind === 'check' ? newCheck(entries, name, facts) : 'npm run new check <theme>/<id> [fact…]';
if (faults.length > 0 || typeof made === 'string') {
  say([...faults, ...(typeof made === 'string' ? [made] : [])]);
  process.exitCode = 1;
} else {
  write(root, made);
  const missing = await generate(root);
  const files = made.map(({ path }) => path).join(' and ');
  say([`${files} are written: fill them in.`, ...missing, 'Then npm run generate.']);
}

function say(lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`${line}\n`);
}
