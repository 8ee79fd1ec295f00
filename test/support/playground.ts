import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../src/cli/run.ts';
import { emptyFolder, worldOf } from './run-cli.ts';

/** The demo registries of `regaudit demo --serve`, and what a shell next to them has. */
export interface Playground {
  /** The folder with `regaudit-demo.yaml` and `regaudit-demo.env`. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Ends them, as Ctrl-C does. Out: the exit code. */
  readonly end: () => Promise<number>;
}

/** Starts `regaudit demo --serve` in an empty folder. */
export async function playground(): Promise<Playground> {
  const cwd = emptyFolder();
  const { host, stderr } = worldOf(['demo', '--serve'], { cwd });
  const signals = new EventEmitter();
  const ended = run({ ...host, signals });
  for (let waits = 0; waits < 600 && !stderr().includes('Ctrl-C'); waits += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  const text = readFileSync(join(cwd, 'regaudit-demo.env'), 'utf8');
  const exports = text.matchAll(/^export (\w+)='(.*)'$/gm);
  return {
    cwd,
    env: Object.fromEntries([...exports].map(([, name = '', value = '']) => [name, value])),
    end() {
      signals.emit('SIGINT');
      return ended;
    },
  };
}
