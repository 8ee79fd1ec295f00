import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Progress } from './run.ts';

/*
 * Random inputs for everything that is read: `RUNS=1000000 SEED=7 npm run fuzz [KIND …]`. Ends with 1 for a
 * crash, for an input that takes more than two seconds of processor time, and for a verdict that turns from
 * fail to pass. A number that is told repeats its input.
 */

/** Of a hundred inputs. */
const kinds = {
  configurations: 25,
  snapshots: 10,
  reports: 10,
  baselines: 20,
  policies: 25,
  'wire-answers': 10,
} as const;

/** Milliseconds without an input that ended: the process is not coming back. */
const silence = 180_000;

const { RUNS: runs = '2000', SEED: seed = '1' } = process.env;
const named = process.argv.slice(2);

function runOf(kind: string, share: number): Promise<Progress> {
  const wanted = String(Math.ceil((Number(runs) * share) / 100));
  const child = fork(fileURLToPath(new URL('run.ts', import.meta.url)), [kind, wanted, seed]);
  let latest: Progress = { done: 0, refused: 0, slowest: 0, faults: [] };
  let hung = false;
  const late = () => {
    hung = true;
    child.kill('SIGKILL');
  };
  let timer = setTimeout(late, silence);
  child.on('message', (progress: Progress) => {
    latest = progress;
    clearTimeout(timer);
    timer = setTimeout(late, silence);
  });
  return new Promise((resolve) => {
    child.on('exit', (code) => {
      clearTimeout(timer);
      const ended = hung ? ['it hung'] : code === 0 ? [] : [`it ended with ${code}`];
      resolve({ ...latest, faults: [...latest.faults, ...ended] });
    });
  });
}

let [total, broken] = [0, 0];
for (const [kind, share] of Object.entries(kinds)) {
  if (named.length > 0 && !named.includes(kind)) continue;
  const { done, refused, slowest, faults } = await runOf(kind, named.length > 0 ? 100 : share);
  total += done;
  broken += faults.length;
  process.stdout.write(
    `${kind}: ${done} inputs, ${refused} refused, ${faults.length} faults, slowest ${slowest.toFixed(2)} s\n`,
  );
  for (const fault of faults) process.stdout.write(`  ${fault.slice(0, 600)}\n`);
}
process.stdout.write(`${total} inputs, seed ${seed}: ${broken} faults\n`);
process.exitCode = broken === 0 ? 0 : 1;
