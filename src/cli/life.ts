import { setMaxListeners } from 'node:events';

/** How long something goes on: until it is ended, its time is over, or what it is part of ends. */
export interface Life {
  readonly signal: AbortSignal;
  /** Ends it; `why` is for people to read. Safe to call twice. */
  readonly end: (why: Error) => void;
  /** Lets it end after so many seconds from now; undefined: never. */
  readonly limit: (seconds: number | undefined) => void;
}

/** What ends a registry or target that takes longer than one may. */
export class TimeOver extends Error {
  override readonly name = 'TimeOver';

  constructor(seconds: number) {
    super(`it took longer than the ${seconds} s that one registry has`);
  }
}

/** In: what it is part of. Nothing listens there any more once it has ended. */
export function lifeWithin(whole: AbortSignal): Life {
  const controller = new AbortController();
  // Every client listens; node warns of eleven.
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

/** Why a signal came. */
export function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error('cut short');
}
