import { setMaxListeners } from 'node:events';

/** A lifetime: ends when it is ended, when its time limit is reached, or when its parent ends. */
export interface Life {
  readonly signal: AbortSignal;
  /** Ends it. `why` is shown to people. Idempotent. */
  readonly end: (why: Error) => void;
  /** Sets a time limit in seconds from now; undefined: none. */
  readonly limit: (seconds: number | undefined) => void;
}

/** The reason when a registry or target reaches its time limit. */
export class TimeOver extends Error {
  override readonly name = 'TimeOver';

  constructor(seconds: number) {
    super(`the time limit of ${seconds} s per registry was reached`);
  }
}

/** Creates a lifetime within a parent; removes its listener from the parent when it ends. */
export function lifeWithin(whole: AbortSignal): Life {
  const controller = new AbortController();
  // Every client adds a listener; Node warns above ten.
  setMaxListeners(0, controller.signal);
  let timer: NodeJS.Timeout | undefined;
  const ended = () => end(reasonOf(whole));
  const end = (why: Error) => {
    whole.removeEventListener('abort', ended);
    clearTimeout(timer);
    controller.abort(why);
  };
  if (whole.aborted) ended();
  else whole.addEventListener('abort', ended, { once: true });
  return {
    signal: controller.signal,
    end,
    limit(seconds) {
      if (seconds === undefined || controller.signal.aborted) return;
      timer = setTimeout(() => end(new TimeOver(seconds)), seconds * 1000);
    },
  };
}

/** The reason of an aborted signal. */
export function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error('interrupted');
}
