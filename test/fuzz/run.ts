import type { Kind } from './kind.ts';
import { randomFrom } from './random.ts';

/*
 * One kind of input in a process of its own: `run.ts KIND RUNS SEED`. Reports to its parent, which ends it
 * when it hangs.
 */

/** Processor seconds that one input may take. */
const longest = 2;
const mostTold = 20;

export interface Progress {
  readonly done: number;
  readonly refused: number;
  readonly slowest: number;
  readonly faults: readonly string[];
}

/** What the vendors' clients read by themselves; it means nothing anywhere. */
Object.assign(process.env, {
  AWS_ACCESS_KEY_ID: 'demo',
  AWS_SECRET_ACCESS_KEY: 'demo',
  AWS_EC2_METADATA_DISABLED: 'true',
  AZURE_TENANT_ID: '11111111-1111-1111-1111-111111111111',
  AZURE_CLIENT_ID: '22222222-2222-2222-2222-222222222222',
  AZURE_CLIENT_SECRET: 'demo',
  AZURE_TOKEN_CREDENTIALS: 'EnvironmentCredential',
});

const [kind = '', runs = '0', seed = '1'] = process.argv.slice(2);
const { start } = (await import(`./kinds/${kind}.ts`)) as { start: () => Promise<Kind> };
const { attempt, close } = await start();
const faults: string[] = [];
let [done, refused, slowest] = [0, 0, 0];
const report = () => process.send?.({ done, refused, slowest, faults } satisfies Progress);
/** Milliseconds between two reports: one for each input would cost more than most inputs. */
const pause = 200;
let reported = 0;
for (let number = 0; done < Number(runs) && faults.length < mostTold; number += 1) {
  const own = Number(seed) * 1_000_003 + number;
  const used = process.cpuUsage();
  try {
    const outcomes = await attempt(randomFrom(own));
    done += Math.max(1, outcomes.length);
    refused += outcomes.filter((outcome) => outcome === 'refused').length;
    const { user, system } = process.cpuUsage(used);
    const seconds = (user + system) / 1_000_000 / Math.max(1, outcomes.length);
    // The first ones load and compile.
    if (number > 20) slowest = Math.max(slowest, seconds);
    if (number > 20 && seconds > longest) faults.push(`number ${own} took ${seconds.toFixed(1)} s`);
  } catch (error) {
    done += 1;
    faults.push(
      `number ${own}: ${error instanceof Error ? (error.stack ?? error.message) : error}`,
    );
  }
  if (Date.now() - reported < pause) continue;
  report();
  reported = Date.now();
}
report();
await close?.();
process.disconnect?.();
process.exit();
