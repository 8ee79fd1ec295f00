import { fileURLToPath } from 'node:url';
import { generate } from './generate.ts';

const missing = await generate(fileURLToPath(new URL('../..', import.meta.url)));
for (const line of missing) process.stderr.write(`${line}\n`);
if (missing.length > 0) process.exitCode = 1;
