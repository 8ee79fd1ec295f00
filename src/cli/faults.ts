import { explain } from './exit.ts';
import type { Log } from './log.ts';

/** Bugs met during a run. The run exits with 70 and still reports everything it knows. */
export interface Faults {
  readonly add: (error: unknown) => void;
  readonly any: () => boolean;
}

/** How many bugs are printed one by one; every call may raise the same one. */
const mostTold = 5;

/** Prints each distinct bug once on stderr; with `debug`, with its stack. */
export function faultsTold(log: Log, debug: boolean): Faults {
  const met = new Set<string>();
  return {
    any: () => met.size > 0,
    add(error) {
      const name = String(error);
      if (met.has(name)) return;
      met.add(name);
      if (met.size <= mostTold) explain(error, log, debug);
    },
  };
}
