import type { Life } from './life.ts';
import type { Progress } from './progress.ts';

/** The same progress, which ends the scan once more calls than these have begun. */
export function within(most: number | undefined, progress: Progress, scan: Life): Progress {
  if (most === undefined) return progress;
  let calls = 0;
  return {
    ...progress,
    step(step) {
      if (step.kind === 'call') calls += 1;
      if (calls > most) scan.end(new Error(`the limit of ${most} calls was reached`));
      progress.step(step);
    },
  };
}
