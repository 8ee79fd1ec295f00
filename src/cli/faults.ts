import { explain } from './exit.ts';
import type { Log } from './log.ts';

/** The faults of regaudit itself that a run has met; they end with 70 and cost nothing of what is known. */
export interface Faults {
  readonly add: (error: unknown) => void;
  readonly any: () => boolean;
}

/** Faults that are told one by one; the same one may come of every call. */
const mostTold = 5;

/** Each kind is told once, on standard error; `debug`: with its stack. */
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
