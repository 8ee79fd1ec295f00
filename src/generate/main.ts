import { fileURLToPath } from 'node:url';
import { generate } from './generate.ts';

if (!(await generate(fileURLToPath(new URL('../..', import.meta.url))))) process.exitCode = 1;
