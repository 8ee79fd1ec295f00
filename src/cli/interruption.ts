import { setMaxListeners } from 'node:events';
import type { CommandContext } from './command-context.ts';

/** What ended the run early, or null. */
export type Ending = 'SIGINT' | 'SIGTERM' | 'timeout' | null;

export interface Interruption {
  /** Aborted by the first signal or by the time limit. */
  readonly signal: AbortSignal;
  readonly ending: () => Ending;
  /** Stops the time limit; from now on a signal ends the process at once. */
  readonly finish: () => void;
}

const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Handles SIGINT, SIGTERM and SIGHUP: the first asks the run to end and report what it knows, the second ends the
 * process at once. `seconds`: the time limit of the run, if any.
 */
export function interruption(
  { log, signals, exit }: Pick<CommandContext, 'log' | 'signals' | 'exit'>,
  seconds: number | undefined,
): Interruption {
  const controller = new AbortController();
  // Every call in flight adds a listener; Node warns above ten.
  setMaxListeners(0, controller.signal);
  let ending: Ending = null;
  let finished = false;
  const end = (why: NonNullable<Ending>) => {
    ending ??= why;
    controller.abort(new Error(why === 'timeout' ? 'the time limit is reached' : 'interrupted'));
  };
  const asked = (signal: 'SIGINT' | 'SIGTERM') => {
    if (finished || ending === 'SIGINT' || ending === 'SIGTERM') return exit(codes[signal]);
    log.say('interrupted: reporting results so far; interrupt again to stop immediately');
    ending = signal;
    end(signal);
  };
  signals.on('SIGINT', () => asked('SIGINT'));
  signals.on('SIGTERM', () => asked('SIGTERM'));
  signals.on('SIGHUP', () => exit(codes.SIGHUP));
  const timer = seconds === undefined ? undefined : setTimeout(end, seconds * 1000, 'timeout');
  return {
    signal: controller.signal,
    ending: () => ending,
    finish() {
      finished = true;
      clearTimeout(timer);
    },
  };
}
